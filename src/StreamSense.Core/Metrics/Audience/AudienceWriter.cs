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
        WriteRetentions(writer, "cohorts"u8, "firstDay"u8, metrics.Cohorts);
        WriteRetentions(writer, "countries"u8, "country"u8, metrics.Countries);
        WritePeriods(writer, "days"u8, "day"u8, metrics.Days, withNew: true);
        WritePeriods(writer, "weeks"u8, "week"u8, metrics.Weeks, withNew: false);
        WritePeriods(writer, "months"u8, "month"u8, metrics.Months, withNew: false);
        writer.WriteStartArray("titles"u8);
        foreach (TitleAudience title in metrics.Titles)
        {
            writer.WriteStartObject();
            writer.WriteString("title"u8, title.Title);
            writer.WriteNumber("plays"u8, title.Plays);
            writer.WriteNumber("playSeconds"u8, title.Play.TotalSeconds);
            writer.WriteNumberOrNull("averageMinuteAudience"u8, title.AverageMinuteAudience);
            writer.WriteNumberOrNull("titleAverageMinuteAudience"u8, title.TitleAverageMinuteAudience);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePeriods(
        Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key, IReadOnlyList<PeriodAudience> periods, bool withNew)
    {
        writer.WriteStartArray(name);
        foreach (PeriodAudience period in periods)
        {
            writer.WriteStartObject();
            writer.WriteString(key, period.Name);
            writer.WriteNumber("viewers"u8, period.Viewers);
            writer.WriteNumber("devices"u8, period.Devices);
            writer.WriteNumber("households"u8, period.Households);
            if (withNew)
            {
                writer.WriteNumberOrNull("newViewers"u8, period.NewViewers);
                writer.WriteNumberOrNull("returningViewers"u8, period.ReturningViewers);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRetentions(
        Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key, IReadOnlyList<Retention> cohorts)
    {
        writer.WriteStartArray(name);
        foreach (Retention cohort in cohorts)
        {
            writer.WriteStartObject();
            writer.WriteString(key, cohort.Name);
            WriteMembers(writer, cohort);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter writer, Retention cohort)
    {
        writer.WriteNumber("viewers"u8, cohort.Viewers);
        writer.WriteNumberOrNull("d1"u8, cohort.D1);
        writer.WriteNumberOrNull("d7"u8, cohort.D7);
        writer.WriteNumberOrNull("d28"u8, cohort.D28);
    }
}
