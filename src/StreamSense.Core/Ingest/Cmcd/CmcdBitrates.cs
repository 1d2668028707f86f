using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>One number out of a list that has one for each object type.</summary>
internal static class CmcdBitrates
{
    /// <summary>The bitrate of everything played: that of the whole where it is given, else video and audio together.</summary>
    /// <returns>The number, or <see cref="Absent.Number"/>.</returns>
    public static int TotalOf(CmcdValue value, int most)
    {
        if (value.Type != CmcdType.List)
        {
            return (int)OrAbsent(CmcdRecord.NumberOf(value, 0, most));
        }

        long whole = -1;
        long parts = -1;
        var reader = new CmcdReader(value.Raw);
        while (reader.TryReadElement(out CmcdValue element))
        {
            long number = CmcdRecord.NumberOf(element, 0, most);
            ReadOnlySpan<byte> media = element.FirstParameter;
            if (number >= 0 && (media.SequenceEqual("v"u8) || media.SequenceEqual("a"u8)))
            {
                parts = Math.Max(0, parts) + number;
            }
            else if (number >= 0)
            {
                whole = Math.Max(whole, number);
            }
        }

        return (int)OrAbsent(Math.Min(whole >= 0 ? whole : parts, int.MaxValue));
    }

    /// <summary>The least of all types: what runs dry first.</summary>
    /// <returns>The number, or <see cref="Absent.Number"/>.</returns>
    public static int LeastOf(CmcdValue value, int most)
    {
        if (value.Type != CmcdType.List)
        {
            return (int)OrAbsent(CmcdRecord.NumberOf(value, 0, most));
        }

        long least = long.MaxValue;
        var reader = new CmcdReader(value.Raw);
        while (reader.TryReadElement(out CmcdValue element))
        {
            long number = CmcdRecord.NumberOf(element, 0, most);
            least = number >= 0 ? Math.Min(least, number) : least;
        }

        return least == long.MaxValue ? Absent.Number : (int)least;
    }

    private static long OrAbsent(long number) => number < 0 ? Absent.Number : number;
}
