using System.Text.Json;

namespace StreamSense.Core.Metrics.Social;

/// <summary>Writes <see cref="SocialMetrics"/> as one JSON object.</summary>
internal static class SocialWriter
{
    public static void Write(Utf8JsonWriter writer, SocialMetrics metrics)
    {
        writer.WriteStartObject();
        WriteMembers(writer, metrics.Totals);
        writer.WriteNumber("sampleShare"u8, metrics.SampleShare);
        writer.WriteObjects("volume"u8, metrics.Volume, static (json, bucket) =>
        {
            json.WriteInstant("from"u8, bucket.Start);
            json.WriteNumber("mentions"u8, bucket.Mentions);
        });
        writer.WriteObjects("titles"u8, metrics.Titles, static (json, group) => WriteGroup(json, "title"u8, group));
        writer.WriteObjects("networks"u8, metrics.Networks, static (json, group) => WriteGroup(json, "network"u8, group));
        writer.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter writer, ReadOnlySpan<byte> key, MentionMetrics group)
    {
        writer.WriteString(key, group.Name);
        WriteMembers(writer, group);
    }

    private static void WriteMembers(Utf8JsonWriter writer, MentionMetrics metrics)
    {
        writer.WriteNumber("mentions"u8, metrics.Mentions);
        writer.WriteNumber("scoredMentions"u8, metrics.ScoredMentions);
        writer.WriteNumberOrNull("sentimentScore"u8, metrics.SentimentScore);
        writer.WriteNumberOrNull("positiveShare"u8, metrics.PositiveShare);
        writer.WriteNumberOrNull("neutralShare"u8, metrics.NeutralShare);
        writer.WriteNumberOrNull("negativeShare"u8, metrics.NegativeShare);
        writer.WriteNumber("likes"u8, metrics.Likes);
        writer.WriteNumber("replies"u8, metrics.Replies);
        writer.WriteNumber("shares"u8, metrics.Shares);
        writer.WriteNumber("reach"u8, metrics.Reach);
        writer.WriteNumber("mentionsPerHour"u8, metrics.MentionsPerHour);
        writer.WriteNumber("mentionsPerHourChange"u8, metrics.MentionsPerHourChange);
    }
}
