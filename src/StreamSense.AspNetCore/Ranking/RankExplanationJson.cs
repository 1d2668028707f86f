using System.Text.Json;
using StreamSense.Ml;
using StreamSense.Ml.Candidates.Filters;

namespace StreamSense.AspNetCore.Ranking;

/// <summary>Writes why a title stands where it stands.</summary>
/// <remarks>Bounded: the features that moved the score most, and the number of those that are left out.</remarks>
internal static class RankExplanationJson
{
    /// <summary>How many features of a title are written.</summary>
    public const int MaxFeatures = 20;

    /// <summary>Writes the member <c>explanation</c>.</summary>
    /// <param name="writer">Stands within the object of the title.</param>
    /// <param name="explanation">The reasons.</param>
    public static void Write(Utf8JsonWriter writer, RankExplanation explanation)
    {
        writer.WriteStartObject("explanation"u8);
        writer.WriteString("model"u8, explanation.Model.ToString());
        writer.WriteStartArray("sources"u8);
        foreach (string source in explanation.Sources)
        {
            writer.WriteStringValue(source);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("filters"u8);
        foreach (FilterFinding finding in explanation.Filters)
        {
            writer.WriteStartObject();
            writer.WriteString("filter"u8, finding.Filter);
            writer.WriteString("verdict"u8, NameOf(finding.Verdict));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteNumber(writer, "intercept"u8, explanation.Intercept);
        WriteFeatures(writer, explanation);
        writer.WriteStartArray("places"u8);
        foreach (PlaceFinding finding in explanation.Places)
        {
            writer.WriteStartObject();
            writer.WriteString("step"u8, finding.Step);
            WriteNumber(writer, "place"u8, finding.Place);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFeatures(Utf8JsonWriter writer, RankExplanation explanation)
    {
        // The sort is stable: features that moved nothing, or of which nobody knows, stay in the order of the layout.
        FeatureContribution[] most =
        [
            .. explanation.Contributions.OrderByDescending(feature => Math.Abs(feature.Contribution ?? 0)).Take(MaxFeatures),
        ];
        writer.WriteStartArray("features"u8);
        foreach (FeatureContribution feature in most)
        {
            writer.WriteStartObject();
            writer.WriteString("feature"u8, feature.Feature);
            WriteNumber(writer, "value"u8, feature.Value);
            WriteNumber(writer, "contribution"u8, feature.Contribution);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("featuresLeftOut"u8, explanation.Contributions.Length - most.Length);
    }

    // JSON has no number for what is missing or not finite.
    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, float? value)
    {
        if (value is { } number && float.IsFinite(number))
        {
            // Adding zero makes -0 a 0.
            writer.WriteNumber(name, number + 0f);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static string NameOf(FilterVerdict verdict) => verdict switch
    {
        FilterVerdict.Allowed => "allowed",
        FilterVerdict.Refused => "refused",
        _ => "unknown",
    };
}
