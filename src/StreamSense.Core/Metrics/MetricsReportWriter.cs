using System.Text.Json;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Metrics;

/// <summary>Writes metrics as JSON: the one form that the tool, the HTTP endpoint and files share.</summary>
/// <remarks>Names are added in later versions, never renamed. Units stand last in a name. Stateless; safe on any thread.</remarks>
public static class MetricsReportWriter
{
    /// <summary>Writes a whole report: <c>{totals, window, metrics, by}</c>.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="snapshot">The metrics.</param>
    /// <param name="totals">What became of the input.</param>
    /// <param name="by">What to break the metrics down by; <see cref="MetricsDimension.None"/> leaves <c>by</c> empty.</param>
    /// <param name="windows">How many of the last windows to add as <c>windows</c>, the oldest first; 0 leaves the member out.</param>
    /// <param name="more">Writes members of its own at the end; null for none.</param>
    /// <param name="sections">What to write beside quality, a member each.</param>
    public static void WriteReport(
        Utf8JsonWriter writer,
        MetricsSnapshot snapshot,
        in ReportTotals totals,
        MetricsDimension by = MetricsDimension.None,
        int windows = 0,
        Action<Utf8JsonWriter>? more = null,
        ReportSections sections = ReportSections.None)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(snapshot);
        writer.WriteStartObject();
        WriteTotals(writer, totals);
        writer.WritePropertyName("metrics"u8);
        writer.WriteStartObject();
        WriteMembers(writer, snapshot.Totals);
        WriteWhole(writer, snapshot);
        writer.WriteEndObject();
        writer.WritePropertyName("by"u8);
        WriteGroups(writer, snapshot.By(by));
        if (windows > 0)
        {
            writer.WritePropertyName("windows"u8);
            WriteWindows(writer, [.. snapshot.Windows.TakeLast(windows)]);
        }

        SectionsWriter.Write(writer, snapshot, sections);
        more?.Invoke(writer);

        writer.WriteEndObject();
    }

    /// <summary>Writes metrics as one object.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="metrics">The metrics.</param>
    public static void WriteMetrics(Utf8JsonWriter writer, QualityMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(metrics);
        writer.WriteStartObject();
        WriteMembers(writer, metrics);
        writer.WriteEndObject();
    }

    /// <summary>Writes a breakdown as an array of <c>{key, metrics}</c>.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="groups">The values of a dimension.</param>
    public static void WriteGroups(Utf8JsonWriter writer, IReadOnlyList<GroupMetrics> groups)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(groups);
        writer.WriteObjects(groups, static (json, group) =>
        {
            json.WriteString("key"u8, group.Key);
            json.WritePropertyName("metrics"u8);
            WriteMetrics(json, group.Metrics);
        });
    }

    /// <summary>Writes windows as an array of <c>{from, to, metrics}</c>, the oldest first.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="windows">The windows.</param>
    public static void WriteWindows(Utf8JsonWriter writer, IReadOnlyList<WindowMetrics> windows)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(windows);
        writer.WriteObjects(windows, static (json, window) =>
        {
            json.WriteInstantOrNull("from"u8, window.Start);
            json.WriteInstantOrNull("to"u8, window.End);
            json.WritePropertyName("metrics"u8);
            WriteMetrics(json, window.Totals);
        });
    }

    /// <summary>Writes what became of the input as the members <c>totals</c> and <c>window</c>, with which every report begins.</summary>
    /// <param name="writer">An object's writer; not flushed.</param>
    /// <param name="totals">What became of the input.</param>
    public static void WriteTotals(Utf8JsonWriter writer, in ReportTotals totals)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject("totals"u8);
        writer.WriteNumber("offered"u8, totals.Offered);
        writer.WriteNumber("accepted"u8, totals.Accepted);
        writer.WriteNumber("duplicates"u8, totals.Duplicates);
        writer.WriteNumber("late"u8, totals.Late);
        writer.WriteStartObject("rejected"u8);
        if (totals.Rejected is not null)
        {
            // In the order of the reasons, whatever the dictionary's: equal reports are equal texts.
            foreach (RejectReason reason in Enum.GetValues<RejectReason>())
            {
                if (totals.Rejected.TryGetValue(reason, out long count) && count != 0)
                {
                    writer.WriteNumber(reason.ToString(), count);
                }
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("window"u8);
        writer.WriteInstantOrNull("from"u8, totals.From);
        writer.WriteInstantOrNull("to"u8, totals.To);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, QualityMetrics metrics)
    {
        writer.WriteNumber("attempts"u8, metrics.Attempts);
        writer.WriteNumber("plays"u8, metrics.Plays);
        writer.WriteNumber("stillStarting"u8, metrics.StillStarting);
        writer.WriteNumber("exitsBeforeStart"u8, metrics.ExitsBeforeStart);
        writer.WriteNumber("exitsInPreroll"u8, metrics.ExitsInPreroll);
        writer.WriteNumber("startFailures"u8, metrics.StartFailures);
        writer.WriteNumber("startDenials"u8, metrics.StartDenials);
        writer.WriteNumber("playbackFailures"u8, metrics.PlaybackFailures);
        writer.WriteNumber("watchSeconds"u8, metrics.Watch.TotalSeconds);
        writer.WriteNumber("playSeconds"u8, metrics.Play.TotalSeconds);
        writer.WriteNumber("stallSeconds"u8, metrics.Stall.TotalSeconds);
        writer.WriteNumber("adSeconds"u8, metrics.Ad.TotalSeconds);
        writer.WriteNumber("backgroundPlaySeconds"u8, metrics.BackgroundPlay.TotalSeconds);
        writer.WriteNumberOrNull("averageWatchSeconds"u8, metrics.AverageWatchSeconds);
        writer.WriteNumberOrNull("bufferingRatio"u8, metrics.BufferingRatio);
        writer.WriteNumberOrNull("connectionRebufferingRatio"u8, metrics.ConnectionRebufferingRatio);
        writer.WriteNumberOrNull("rebufferFrequencyPerHour"u8, metrics.RebufferFrequencyPerHour);
        writer.WriteNumberOrNull("stalledViewsShare"u8, metrics.StalledViewsShare);
        writer.WriteNumber("stalls"u8, metrics.Stalls);
        writer.WriteQuantiles("startupMs"u8, metrics.Startup);
        writer.WriteQuantiles("contentStartupMs"u8, metrics.ContentStartup);
        writer.WriteNumberOrNull("averageBitrateKbps"u8, metrics.AverageBitrateKbps);
        writer.WriteNumber("bitrateSwitches"u8, metrics.BitrateSwitches);
        writer.WriteNumber("peakConcurrentPlays"u8, metrics.PeakConcurrentPlays);
        writer.WriteNumberOrNull("bounceRate"u8, metrics.BounceRate);
        writer.WriteNumberOrNull("completionRate"u8, metrics.CompletionRate);
    }

    // What only the whole has: people, posts and trials belong to no view.
    private static void WriteWhole(Utf8JsonWriter writer, MetricsSnapshot snapshot)
    {
        writer.WriteNumberOrNull("viewerCompletionRate"u8, snapshot.Engagement.Totals.ViewerCompletionRate);
        writer.WriteNumberOrNull("trialConversionRate"u8, snapshot.Subscriptions.Totals.TrialConversionRate);
        writer.WriteNumber("openTrials"u8, snapshot.Subscriptions.Totals.OpenTrials);
        writer.WriteNumberOrNull("sentimentScore"u8, snapshot.Social.Totals.SentimentScore);
        writer.WriteNumber("mentions"u8, snapshot.Social.Totals.Mentions);
    }
}
