using System.Text.Json;

namespace StreamSense.Core.Metrics.Comparison;

/// <summary>Writes comparisons as JSON.</summary>
/// <remarks>Names are added in later versions, never renamed. Units stand last in a metric's name. Stateless; safe on any thread.</remarks>
public static class ComparisonWriter
{
    /// <summary>Writes comparisons as an array of <c>{name, method, left, right, difference, isDifferent}</c>.</summary>
    /// <remarks>
    /// <c>left</c> and <c>right</c> are <c>{value, lower, upper, views}</c>, <c>difference</c> has no <c>views</c>; what the sample is too
    /// small for is null.
    /// </remarks>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="comparisons">The comparisons.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<MetricComparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(comparisons);
        writer.WriteObjects(comparisons, static (json, comparison) =>
        {
            json.WriteString("name"u8, comparison.Name);
            json.WriteString("method"u8, NameOf(comparison.Method));
            Write(json, "left"u8, comparison.Left, comparison.LeftViews);
            Write(json, "right"u8, comparison.Right, comparison.RightViews);
            Write(json, "difference"u8, comparison.Difference, views: null);
            json.WriteBoolean("isDifferent"u8, comparison.IsDifferent);
        });
    }

    private static string NameOf(ComparisonMethod method) => method switch
    {
        ComparisonMethod.Proportion => "proportion",
        ComparisonMethod.Mean => "mean",
        ComparisonMethod.Ratio => "ratio",
        _ => "quantile",
    };

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, in Estimate estimate, long? views)
    {
        writer.WriteStartObject(name);
        writer.WriteNumberOrNull("value"u8, estimate.Value);
        writer.WriteNumberOrNull("lower"u8, estimate.Interval?.Lower);
        writer.WriteNumberOrNull("upper"u8, estimate.Interval?.Upper);
        if (views is { } count)
        {
            writer.WriteNumber("views"u8, count);
        }

        writer.WriteEndObject();
    }
}
