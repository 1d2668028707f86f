using System.Text.Json;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>Writes <see cref="AudienceMetrics"/> as one JSON object.</summary>
internal static class AudienceWriter
{
    public static void Write(Utf8JsonWriter writer, AudienceMetrics metrics)
    {
        writer.WriteStartObject();
        writer.WriteNumberOrNull("averageConcurrentPlays"u8, metrics.AverageConcurrentPlays);
        writer.WriteNumberOrNull("averageMinuteAudience"u8, metrics.AverageMinuteAudience);
        writer.WriteNumber("visits"u8, metrics.Visits);
        writer.WriteNumber("returnVisits"u8, metrics.ReturnVisits);
        writer.WriteNumberOrNull("returnVisitShare"u8, metrics.ReturnVisitShare);
        writer.WriteNumberOrNull("viewsPerVisit"u8, metrics.ViewsPerVisit);
        writer.WriteNumberOrNull("averageVisitSeconds"u8, metrics.AverageVisitSeconds);
        writer.WriteNumber("anonymousViews"u8, metrics.AnonymousViews);
        writer.WriteNumber("bingeSessions"u8, metrics.BingeSessions);
        writer.WriteNumberOrNull("episodesPerBinge"u8, metrics.EpisodesPerBinge);
        writer.WriteNumber("sampleShare"u8, metrics.SampleShare);
        writer.WriteNumber("missedPeriods"u8, metrics.MissedPeriods);
        writer.WriteStartObject("retention"u8);
        WriteMembers(writer, metrics.Retention);
        writer.WriteEndObject();
        writer.WriteObjects("cohorts"u8, metrics.Cohorts, static (json, cohort) => WriteRetention(json, "firstDay"u8, cohort));
        writer.WriteObjects("countries"u8, metrics.Countries, static (json, cohort) => WriteRetention(json, "country"u8, cohort));
        writer.WriteObjects("days"u8, metrics.Days, static (json, day) =>
        {
            WritePeriod(json, "day"u8, day);
            json.WriteNumberOrNull("newViewers"u8, day.NewViewers);
            json.WriteNumberOrNull("returningViewers"u8, day.ReturningViewers);
        });
        writer.WriteObjects("weeks"u8, metrics.Weeks, static (json, week) => WritePeriod(json, "week"u8, week));
        writer.WriteObjects("months"u8, metrics.Months, static (json, month) => WritePeriod(json, "month"u8, month));
        writer.WriteObjects("titles"u8, metrics.Titles, static (json, title) =>
        {
            json.WriteString("title"u8, title.Title);
            json.WriteNumber("plays"u8, title.Plays);
            json.WriteNumber("playSeconds"u8, title.Play.TotalSeconds);
            json.WriteNumberOrNull("averageMinuteAudience"u8, title.AverageMinuteAudience);
            json.WriteNumberOrNull("titleAverageMinuteAudience"u8, title.TitleAverageMinuteAudience);
        });
        writer.WriteEndObject();
    }

    private static void WritePeriod(Utf8JsonWriter writer, ReadOnlySpan<byte> key, PeriodAudience period)
    {
        writer.WriteString(key, period.Name);
        writer.WriteNumber("viewers"u8, period.Viewers);
        writer.WriteNumber("devices"u8, period.Devices);
        writer.WriteNumber("households"u8, period.Households);
    }

    private static void WriteRetention(Utf8JsonWriter writer, ReadOnlySpan<byte> key, Retention cohort)
    {
        writer.WriteString(key, cohort.Name);
        WriteMembers(writer, cohort);
    }

    private static void WriteMembers(Utf8JsonWriter writer, Retention cohort)
    {
        writer.WriteNumber("viewers"u8, cohort.Viewers);
        writer.WriteNumberOrNull("d1"u8, cohort.D1);
        writer.WriteNumberOrNull("d7"u8, cohort.D7);
        writer.WriteNumberOrNull("d28"u8, cohort.D28);
    }
}
