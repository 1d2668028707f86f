using System.Globalization;
using System.Text.Json;
using StreamSense.Core.Metrics.Profiles;

namespace StreamSense.Tool.Measuring;

/// <summary>What other definitions make of the same views: for the object, and in lines for people.</summary>
/// <param name="profile">By whose definitions; null for nobody's.</param>
/// <param name="against">With whose to compare them; null for nobody's.</param>
internal sealed class ProfileAnswer(MetricProfile? profile, MetricProfile? against)
{
    /// <summary>The lines for people, once it has been written.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>Writes the members <c>profile</c> and <c>profileComparison</c>, each if it was asked for.</summary>
    /// <param name="writer">An object's writer.</param>
    /// <param name="metrics">The metrics.</param>
    public void Write(Utf8JsonWriter writer, ProfileMetrics metrics)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        if (profile is not null)
        {
            ProfileReport report = metrics.ReportOf(profile);
            writer.WritePropertyName("profile"u8);
            ProfileWriter.Write(writer, report);
            ProfileWriter.WriteText(text, report);
        }

        if (against is not null)
        {
            ProfileComparison comparison = metrics.Compare(profile ?? MetricProfile.StreamSense, against);
            writer.WritePropertyName("profileComparison"u8);
            ProfileWriter.Write(writer, comparison);
            ProfileWriter.WriteText(text, comparison);
        }

        Lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
