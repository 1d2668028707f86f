using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics;

/// <summary>How durations are spread: the middle, the upper end, the greatest.</summary>
/// <remarks>Within 1 %; null where there are none.</remarks>
/// <param name="P50">Half of them are at most this.</param>
/// <param name="P95">19 of 20 are at most this.</param>
/// <param name="Max">The greatest.</param>
public readonly record struct SpreadOfTime(TimeSpan? P50, TimeSpan? P95, TimeSpan? Max)
{
    internal static SpreadOfTime OfMilliseconds(QuantileSketch sketch) => new(At(sketch, 0.5), At(sketch, 0.95), At(sketch, 1));

    private static TimeSpan? At(QuantileSketch sketch, double quantile) =>
        sketch.Quantile(quantile) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
}
