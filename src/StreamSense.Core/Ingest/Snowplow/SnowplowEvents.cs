using System.Text;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>The names of media events, as their schemas are called without <c>_event</c>.</summary>
internal static class SnowplowEvents
{
    private const int MaxIndex = 25;

    /// <summary>The names by the number of their event, the first of which is none.</summary>
    public static readonly string[] Names =
    [
        "", "ready", "play", "pause", "end", "seek_start", "seek_end", "playback_rate_change", "volume_change", "fullscreen_change",
        "picture_in_picture_change", "ping", "percent_progress", "buffer_start", "buffer_end", "quality_change", "error", "ad_break_start",
        "ad_break_end", "ad_start", "ad_quartile", "ad_complete", "ad_skip", "ad_click", "ad_pause", "ad_resume",
    ];

    private static readonly byte[][] _utf8 = Array.ConvertAll(Names, Encoding.UTF8.GetBytes);

    public static ReadOnlySpan<byte> Utf8NameOf(SnowplowEvent mediaEvent) => _utf8[(int)mediaEvent];

    /// <summary>The event of a schema such as <c>iglu:com.snowplowanalytics.snowplow.media/play_event/jsonschema/1-0-0</c>.</summary>
    /// <returns>None for any other schema, and for versions whose meaning is not known.</returns>
    public static SnowplowEvent Find(ReadOnlySpan<byte> schema)
    {
        ReadOnlySpan<byte> prefix = "iglu:com.snowplowanalytics.snowplow.media/"u8;
        ReadOnlySpan<byte> suffix = "_event/jsonschema/1-"u8;
        int end = schema.IndexOf(suffix);
        if (!schema.StartsWith(prefix) || end < prefix.Length)
        {
            return SnowplowEvent.None;
        }

        ReadOnlySpan<byte> name = schema[prefix.Length..end];
        for (int i = 1; i <= MaxIndex; i++)
        {
            if (name.SequenceEqual(_utf8[i]))
            {
                return (SnowplowEvent)i;
            }
        }

        return SnowplowEvent.None;
    }
}
