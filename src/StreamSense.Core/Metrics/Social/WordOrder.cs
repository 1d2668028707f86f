using System.Buffers.Binary;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Social;

/// <summary>Where an event stands among others: by its time, then by the text of its id, else by the id's hash.</summary>
/// <remarks>
/// The first 16 bytes of the text decide; ids that begin alike within one microsecond fall back on their hashes. A default value is before
/// every event.
/// </remarks>
internal readonly record struct WordOrder(Moment Time, ulong First, ulong Second, ulong Hash)
{
    private const int TextBytes = 16;

    public static WordOrder Of(in StreamEvent e, ReadOnlySpan<byte> annex)
    {
        Span<byte> text = stackalloc byte[TextBytes];
        text.Clear();

        // The id is the first member of an annex, where it is given.
        ReadOnlySpan<byte> before = "\"id\":\""u8;
        if (annex.StartsWith(before))
        {
            ReadOnlySpan<byte> rest = annex[before.Length..];
            int end = rest.IndexOf((byte)'"');
            rest = rest[..Math.Min(TextBytes, end < 0 ? rest.Length : end)];
            rest.CopyTo(text);
        }

        return new WordOrder(
            Moment.At(e.Time),
            BinaryPrimitives.ReadUInt64BigEndian(text),
            BinaryPrimitives.ReadUInt64BigEndian(text[sizeof(ulong)..]),
            e.Id.Value);
    }

    public bool IsAfter(in WordOrder other)
    {
        if (Time != other.Time)
        {
            return Time.IsAfter(other.Time);
        }

        int order = First.CompareTo(other.First);
        order = order != 0 ? order : Second.CompareTo(other.Second);
        order = order != 0 ? order : Hash.CompareTo(other.Hash);
        return order > 0;
    }
}
