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
        writer.WriteStartArray("volume"u8);
        foreach (MentionBucket bucket in metrics.Volume)
        {
            writer.WriteStartObject();
            writer.WriteInstant("from"u8, bucket.Start);
            writer.WriteNumber("mentions"u8, bucket.Mentions);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteGroups(writer, "titles"u8, "title"u8, metrics.Titles);
        WriteGroups(writer, "networks"u8, "network"u8, metrics.Networks);
        writer.WriteEndObject();
    }

    private static void WriteGroups(
        Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key, IReadOnlyList<MentionMetrics> groups)
    {
        writer.WriteStartArray(name);
        foreach (MentionMetrics group in groups)
        {
            writer.WriteStartObject();
            writer.WriteString(key, group.Name);
            WriteMembers(writer, group);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
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
