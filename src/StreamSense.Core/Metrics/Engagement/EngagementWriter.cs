using System.Text.Json;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Writes engagement as JSON: <c>{totals, titles, other, …}</c>.</summary>
internal static class EngagementWriter
{
    public static void Write(Utf8JsonWriter writer, EngagementMetrics metrics)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("totals"u8);
        Write(writer, metrics.Totals);
        writer.WriteObjects("titles"u8, metrics.Titles, static (json, title) =>
        {
            json.WriteString("title"u8, title.Title);
            json.WritePropertyName("metrics"u8);
            Write(json, title.Figures);
        });
        if (metrics.Other is { } other)
        {
            writer.WritePropertyName("other"u8);
            Write(writer, other);
        }

        writer.WriteNumber("playsWithoutViewer"u8, metrics.PlaysWithoutViewer);
        writer.WriteNumber("missedViewerPlays"u8, metrics.MissedViewerPlays);
        writer.WriteNumber("lostViewerTitles"u8, metrics.LostViewerTitles);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, EngagementFigures figures)
    {
        writer.WriteStartObject();
        writer.WriteNumber("endedPlays"u8, figures.EndedPlays);
        writer.WriteNumber("playSeconds"u8, figures.Play.TotalSeconds);
        writer.WriteNumber("distinctContentSeconds"u8, figures.DistinctContent.TotalSeconds);
        writer.WriteNumberOrNull("averagePlaySeconds"u8, figures.AveragePlaySeconds);
        writer.WriteNumberOrNull("averageDistinctContentSeconds"u8, figures.AverageDistinctContentSeconds);
        writer.WriteNumber("completablePlays"u8, figures.CompletablePlays);
        writer.WriteNumberOrNull("contentViewedRatio"u8, figures.ContentViewedRatio);
        writer.WriteNumberOrNull("averageViewedShare"u8, figures.AverageViewedShare);
        writer.WriteNumber("reachedEnd"u8, figures.ReachedEnd);
        writer.WriteNumberOrNull("reachedEndShare"u8, figures.ReachedEndShare);
        writer.WriteNumberOrNull("averageReachBeforeSeekShare"u8, figures.AverageReachBeforeSeekShare);
        writer.WriteNumber("validPlays"u8, figures.ValidPlays);
        writer.WriteNumberOrNull("validPlaysShare"u8, figures.ValidPlaysShare);
        writer.WriteNumber("starters"u8, figures.Starters);
        writer.WriteNumber("watchers"u8, figures.Watchers);
        writer.WriteNumber("completers"u8, figures.Completers);
        writer.WriteNumber("viewerTitles"u8, figures.ViewerTitles);
        writer.WriteNumberOrNull("viewerCompletionRate"u8, figures.ViewerCompletionRate);
        WriteCompletions(writer, figures);
        WritePlayTimes(writer, figures);
        writer.WriteEndObject();
    }

    private static void WriteCompletions(Utf8JsonWriter writer, EngagementFigures figures)
    {
        writer.WriteObjects("completions"u8, figures.Completions, static (json, level) =>
        {
            json.WriteNumber("share"u8, level.Share);
            json.WriteNumber("plays"u8, level.Plays);
            json.WriteNumberOrNull("rate"u8, level.Rate);
        });
    }

    private static void WritePlayTimes(Utf8JsonWriter writer, EngagementFigures figures)
    {
        writer.WriteObjects("playTimes"u8, figures.PlayTimes, static (json, times) =>
        {
            json.WriteNumber("fromSeconds"u8, times.From.TotalSeconds);
            json.WriteNumberOrNull("toSeconds"u8, times.To?.TotalSeconds);
            json.WriteNumber("plays"u8, times.Plays);
        });
    }
}
