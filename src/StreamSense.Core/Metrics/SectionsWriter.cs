using System.Text.Json;
using StreamSense.Core.Metrics.Audience;
using StreamSense.Core.Metrics.Conversion;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Metrics.Engagement.Retention;
using StreamSense.Core.Metrics.Requests;
using StreamSense.Core.Metrics.Samples;
using StreamSense.Core.Metrics.Social;
using StreamSense.Core.Metrics.Subscriptions;

namespace StreamSense.Core.Metrics;

/// <summary>Writes the sections of a report, each as a member of the object that is open.</summary>
internal static class SectionsWriter
{
    public static void Write(Utf8JsonWriter writer, MetricsSnapshot snapshot, ReportSections sections)
    {
        if (sections.HasFlag(ReportSections.Engagement))
        {
            writer.WritePropertyName("engagement"u8);
            EngagementWriter.Write(writer, snapshot.Engagement);
        }

        if (sections.HasFlag(ReportSections.Retention))
        {
            writer.WritePropertyName("retention"u8);
            RetentionWriter.Write(writer, snapshot.Retention);
        }

        if (sections.HasFlag(ReportSections.Audience))
        {
            writer.WritePropertyName("audience"u8);
            AudienceWriter.Write(writer, snapshot.Audience);
        }

        if (sections.HasFlag(ReportSections.Conversion))
        {
            writer.WritePropertyName("conversion"u8);
            ConversionWriter.Write(writer, snapshot.Conversion);
        }

        if (sections.HasFlag(ReportSections.Delivery))
        {
            writer.WritePropertyName("delivery"u8);
            RequestsWriter.Write(writer, snapshot.Requests);
        }

        if (sections.HasFlag(ReportSections.Social))
        {
            writer.WritePropertyName("social"u8);
            SocialWriter.Write(writer, snapshot.Social);
        }

        if (sections.HasFlag(ReportSections.Subscriptions))
        {
            writer.WritePropertyName("subscriptions"u8);
            SubscriptionsWriter.Write(writer, snapshot.Subscriptions);
        }

        if (sections.HasFlag(ReportSections.Samples))
        {
            writer.WritePropertyName("samples"u8);
            SampleWriter.Write(writer, snapshot.Samples);
        }
    }
}
