using System.Runtime.InteropServices;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>Puts numbers in ascending order, three digits of eleven bits one after the other.</summary>
/// <remarks>For the tens of thousands of values of a column it takes a tenth of the time of sorting by comparison.</remarks>
internal static class FloatOrder
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;
    private const int FewValues = 512;

    /// <summary>Sorts numbers; none may be NaN.</summary>
    /// <param name="values">The numbers.</param>
    public static void Sort(Span<float> values)
    {
        if (values.Length < FewValues)
        {
            values.Sort();
            return;
        }

        Span<uint> keys = MemoryMarshal.Cast<float, uint>(values);
        foreach (ref uint key in keys)
        {
            key = (key & 0x8000_0000) != 0 ? ~key : key | 0x8000_0000;
        }

        Span<uint> from = keys;
        Span<uint> to = new uint[keys.Length];
        for (int shift = 0; shift < 32; shift += DigitBits)
        {
            Place(from, to, shift);
            Span<uint> swapped = from;
            from = to;
            to = swapped;
        }

        // An odd number of passes: what is sorted lies in the second array.
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = (from[i] & 0x8000_0000) != 0 ? from[i] & 0x7FFF_FFFF : ~from[i];
        }
    }

    private static void Place(ReadOnlySpan<uint> from, Span<uint> to, int shift)
    {
        Span<int> starts = stackalloc int[Digits];
        starts.Clear();
        foreach (uint key in from)
        {
            starts[(int)(key >> shift) & (Digits - 1)]++;
        }

        int place = 0;
        foreach (ref int start in starts)
        {
            (start, place) = (place, place + start);
        }

        foreach (uint key in from)
        {
            to[starts[(int)(key >> shift) & (Digits - 1)]++] = key;
        }
    }
}
