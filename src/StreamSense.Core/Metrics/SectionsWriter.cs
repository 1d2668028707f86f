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
        Write(ReportSections.Engagement, "engagement"u8, static (json, from) => EngagementWriter.Write(json, from.Engagement));
        Write(ReportSections.Retention, "retention"u8, static (json, from) => RetentionWriter.Write(json, from.Retention));
        Write(ReportSections.Audience, "audience"u8, static (json, from) => AudienceWriter.Write(json, from.Audience));
        Write(ReportSections.Conversion, "conversion"u8, static (json, from) => ConversionWriter.Write(json, from.Conversion));
        Write(ReportSections.Delivery, "delivery"u8, static (json, from) => RequestsWriter.Write(json, from.Requests));
        Write(ReportSections.Social, "social"u8, static (json, from) => SocialWriter.Write(json, from.Social));
        Write(ReportSections.Subscriptions, "subscriptions"u8, static (json, from) => SubscriptionsWriter.Write(json, from.Subscriptions));
        Write(ReportSections.Samples, "samples"u8, static (json, from) => SampleWriter.Write(json, from.Samples));

        void Write(ReportSections section, ReadOnlySpan<byte> name, Action<Utf8JsonWriter, MetricsSnapshot> write)
        {
            if (sections.HasFlag(section))
            {
                writer.WritePropertyName(name);
                write(writer, snapshot);
            }
        }
    }
}
