using System.Buffers.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Reads instants as services write them: epoch milliseconds, RFC 3339, or the latter with a blank and without a zone.</summary>
internal static class InstantText
{
    private const int DateLength = 10;
    private const int MaxLength = 48;

    /// <summary>Reads an instant; a text without a zone is in UTC.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The instant; the decoder judges its range.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        if (text.Length is 0 or > MaxLength - 1)
        {
            return false;
        }

        if (Utf8Parser.TryParse(text, out decimal milliseconds, out int used) && used == text.Length)
        {
            bool isInRange = Math.Abs(milliseconds) < 1e15m;
            time = isInRange ? new EventTime((long)(milliseconds * EventTime.MicrosecondsPerMillisecond)) : default;
            return isInRange;
        }

        if (text.Length <= DateLength)
        {
            return false;
        }

        Span<byte> instant = stackalloc byte[MaxLength];
        text.CopyTo(instant);
        instant[DateLength] = instant[DateLength] == (byte)' ' ? (byte)'T' : instant[DateLength];
        int length = text.Length;
        if (!text[DateLength..].ContainsAny("Zz+-"u8))
        {
            instant[length++] = (byte)'Z';
        }

        bool isInstant = Rfc3339.TryParse(instant[..length], dateAlone: false, out long microseconds);
        time = new EventTime(microseconds);
        return isInstant;
    }
}
