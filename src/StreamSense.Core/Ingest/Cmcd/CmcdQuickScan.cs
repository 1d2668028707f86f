using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Finds the keys of a CMCD record where they stand, in a query without taking the percent-encoding off first.</summary>
/// <remarks>
/// Most players send nothing but whole numbers, tokens, marks, plain texts and lists, and in a query only signs are encoded. What is so,
/// and as RFC 8941 has it to the letter, is taken here; all else (parameters, backslashes, encoded letters in a text that is read,
/// whatever is broken) is declined and read by <see cref="CmcdReader"/>. What is taken has the same meaning there.
/// </remarks>
internal static class CmcdQuickScan
{
    private const ulong Bytes = 0x0101010101010101;

    private static readonly SearchValues<byte> _keyLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*"u8);

    /// <summary>How signs are spelled. They are asked for where a sign stands, or at the end of the text, where zeros follow.</summary>
    private interface ISpelling
    {
        /// <summary>How many bytes a sign takes.</summary>
        static abstract int Width { get; }

        static abstract bool IsEquals(ref byte text, int place);

        static abstract bool IsComma(ref byte text, int place);

        static abstract bool IsQuote(ref byte text, int place);

        /// <summary>Whether a sign within quotes is no more than a letter there.</summary>
        static abstract bool IsLetter(ref byte text, int place, bool isRead);
    }

    /// <summary>Finds the keys of a query's argument.</summary>
    /// <param name="line">A URL or a query.</param>
    /// <param name="from">Where the argument's value begins.</param>
    /// <param name="scratch">Takes the places of the values, in the line.</param>
    /// <returns>Whether it was taken; if not, the keys are to be set anew.</returns>
    public static bool TryScanQuery(ReadOnlySpan<byte> line, int from, CmcdScratch scratch)
    {
        if (line.Length - from > CmcdSigns.MaxBytes)
        {
            return false;
        }

        ref byte text = ref scratch.Hold(line[from..]);
        int length = line.Length - from;
        CmcdSigns.Find(ref text, length, scratch.Places, CmcdAlphabet.Query);
        return Unsafe.Add(ref text, scratch.Places[0]) == (byte)'%'
            ? TryTakeMembers<Encoded>(ref text, length, from, scratch)
            : TryTakeMembers<Plain>(ref text, length, from, scratch);
    }

    /// <summary>Finds the keys of a record, or of a part of it: what is found is added.</summary>
    /// <param name="record">The record.</param>
    /// <param name="from">Where the part begins.</param>
    /// <param name="length">How long the part is.</param>
    /// <param name="scratch">Takes the places of the values, in the record.</param>
    /// <returns>Whether it was taken; if not, the keys of this part are to be set anew.</returns>
    public static bool TryScan(ReadOnlySpan<byte> record, int from, int length, CmcdScratch scratch)
    {
        if (length > 0 && record[from] == (byte)' ')
        {
            from++;
            length--;
        }

        if (length > CmcdSigns.MaxBytes)
        {
            return false;
        }

        ref byte text = ref scratch.Hold(record.Slice(from, length));
        CmcdSigns.Find(ref text, length, scratch.Places, CmcdAlphabet.Plain);
        return TryTakeMembers<Plain>(ref text, length, from, scratch);
    }

    // Places need no check of their own: none lies beyond the text, and the text is longer than it says. All state is in
    // locals, and what is rare is called, so that it stays in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryTakeMembers<TSpelling>(ref byte text, int length, int offset, CmcdScratch scratch)
        where TSpelling : struct, ISpelling
    {
        ref ushort places = ref MemoryMarshal.GetArrayDataReference(scratch.Places);
        ref CmcdScratch.Slot slots = ref MemoryMarshal.GetArrayDataReference(scratch.Slots);
        uint present = 0;
        int at = 0;
        for (int i = 0; ; i++)
        {
            int end = Unsafe.Add(ref places, i);
            CmcdKey key = KeyAt(ref text, at, end - at);
            if (key > CmcdKey.Count)
            {
                return false;
            }

            ref CmcdScratch.Slot slot = ref Unsafe.Add(ref slots, (int)key);
            present |= 1u << (int)key;
            if (!TSpelling.IsEquals(ref text, end))
            {
                slot = new CmcdScratch.Slot(CmcdType.Truth, 0, 0);
            }
            else
            {
                at = end + TSpelling.Width;
                end = Unsafe.Add(ref places, ++i);
                int size = end - at;
                ulong digits = DigitsAt(ref text, at, size);
                if ((uint)(size - 1) < sizeof(ulong) && AreDigits(digits))
                {
                    slot = new CmcdScratch.Slot(CmcdType.Number, offset + at, size, numberAndOne: (long)SumOf(digits) + 1);
                }
                else if (size > 0 && IsToken(ref text, at, size))
                {
                    slot = new CmcdScratch.Slot(CmcdType.Token, offset + at, size, isPlain: true);
                }
                else
                {
                    i = TakeOther<TSpelling>(ref text, at, offset, i, scratch, key);
                    if (i < 0)
                    {
                        return false;
                    }

                    end = Unsafe.Add(ref places, i);
                }
            }

            if (!TSpelling.IsComma(ref text, end))
            {
                scratch.Add(present);
                return end == length || Unsafe.Add(ref text, end) is (byte)'&' or (byte)'#';
            }

            at = end + TSpelling.Width;
            at += TSpelling.Width == 1 && Unsafe.Add(ref text, at) == (byte)' ' ? 1 : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CmcdKey KeyAt(ref byte text, int at, int length)
    {
        CmcdKey key = (uint)(length - 1) < sizeof(ulong) ? CmcdKeyIndex.Find(WordAt(ref text, at) << (-8 * length)) : CmcdKey.Count + 1;
        return key > CmcdKey.Count && IsKey(ref text, at, length) ? CmcdKey.Count : key;
    }

    private static bool IsKey(ref byte text, int at, int length)
    {
        if (length <= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, at), length);
        return (char.IsAsciiLetterLower((char)name[0]) || name[0] == (byte)'*') && name.IndexOfAnyExcept(_keyLetters) < 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsToken(ref byte text, int at, int length) =>
        char.IsAsciiLetter((char)Unsafe.Add(ref text, at)) && (length == 1 || IsLongToken(ref text, at, length));

    private static bool IsLongToken(ref byte text, int at, int length)
    {
        foreach (byte letter in MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, at), length))
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'-' or (byte)'.' or (byte)'_'))
            {
                return false;
            }
        }

        return true;
    }

    // A text, a list, or a long number: which of the places is that of the sign after it, or -1.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int TakeOther<TSpelling>(ref byte text, int at, int offset, int index, CmcdScratch scratch, CmcdKey key)
        where TSpelling : struct, ISpelling
    {
        ReadOnlySpan<ushort> places = scratch.Places;
        if (places[index] != at || !TSpelling.IsQuote(ref text, at))
        {
            return TakeRare(ref text, at, offset, index, scratch, key);
        }

        at += TSpelling.Width;
        while (true)
        {
            int end = places[++index];
            if (TSpelling.IsQuote(ref text, end))
            {
                scratch.Slots[(int)key] = new CmcdScratch.Slot(CmcdType.Text, offset + at, end - at, isPlain: true);
                return places[index + 1] == end + TSpelling.Width ? index + 1 : -1;
            }

            if (!TSpelling.IsLetter(ref text, end, isRead: key != CmcdKey.Count))
            {
                return -1;
            }
        }
    }

    private static int TakeRare(ref byte text, int at, int offset, int index, CmcdScratch scratch, CmcdKey key)
    {
        int length = scratch.Places[index] - at;
        if (length > 0)
        {
            long number = LongNumberOf(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, at), length));
            scratch.Slots[(int)key] = new CmcdScratch.Slot(CmcdType.Number, offset + at, length, numberAndOne: number + 1);
            return number >= -1 ? index : -1;
        }

        return length == 0 && Unsafe.Add(ref text, at) == (byte)'(' ? TakeList(ref text, offset, index, scratch, key) : -1;
    }

    // A number of up to 15 digits; -1 for one with a fraction, and less for none.
    private static long LongNumberOf(ReadOnlySpan<byte> number)
    {
        int whole = 0;
        long value = 0;
        for (; whole < number.Length && whole < 16 && char.IsAsciiDigit((char)number[whole]); whole++)
        {
            value = (value * 10) + (number[whole] - '0');
        }

        if (whole == number.Length)
        {
            return whole <= 15 ? value : -2;
        }

        ReadOnlySpan<byte> fraction = number[(whole + 1)..];
        bool isFraction = number[whole] == (byte)'.'
            && whole is >= 1 and <= 12
            && fraction.Length is >= 1 and <= 3
            && !fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return isFraction ? -1 : -2;
    }

    // A list in which nothing is encoded.
    private static int TakeList(ref byte text, int offset, int index, CmcdScratch scratch, CmcdKey key)
    {
        ReadOnlySpan<ushort> places = scratch.Places;
        int start = places[index] + 1;
        bool isQuoted = false;
        while (true)
        {
            int end = places[++index];
            byte sign = Unsafe.Add(ref text, end);
            if (sign == (byte)')' && !isQuoted)
            {
                // A list of one number is read as that number is.
                ReadOnlySpan<byte> list = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, start - 1), end - start + 2);
                long number = end > start ? LongNumberOf(list[1..^1]) : -2;
                scratch.Slots[(int)key] = new CmcdScratch.Slot(
                    CmcdType.List, offset + start, end - start, numberAndOne: Math.Max(number, -1) + 1);
                return places[index + 1] == end + 1
                    && (number >= -1 || AreNumbers(list[1..^1]) || CmcdReader.IsList(list)) ? index + 1 : -1;
            }

            isQuoted ^= sign == (byte)'"';
            if (sign is not ((byte)'"' or (byte)',' or (byte)'=' or (byte)'(' or (byte)')'))
            {
                return -1;
            }
        }
    }

    // Whole numbers with a space between two, each perhaps with one mark behind it: "800;v 128;a".
    private static bool AreNumbers(ReadOnlySpan<byte> list)
    {
        int at = 0;
        while (true)
        {
            int start = at;
            while (at < list.Length && char.IsAsciiDigit((char)list[at]))
            {
                at++;
            }

            if (at - start is < 1 or > 15)
            {
                return false;
            }

            if (at < list.Length && list[at] == (byte)';')
            {
                start = ++at;
                while (at < list.Length && char.IsAsciiLetterLower((char)list[at]))
                {
                    at++;
                }

                if (at == start)
                {
                    return false;
                }
            }

            if (at == list.Length)
            {
                return true;
            }

            if (list[at++] != (byte)' ')
            {
                return false;
            }
        }
    }

    // The eight bytes from a place on as digits, those beyond the length moved out and zeros below.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DigitsAt(ref byte text, int at, int length) => (WordAt(ref text, at) ^ ('0' * Bytes)) << (-8 * length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong digits) => (((digits + (6 * Bytes)) | digits) & (0xF0 * Bytes)) == 0;

    // Eight digits, the first of them lowest, by three multiplications: of pairs, of fours, of all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SumOf(ulong digits)
    {
        const ulong Pairs = 0x000000FF000000FF;
        digits = (digits * 10) + (digits >> 8);
        return (((digits & Pairs) * (100 + (1_000_000UL << 32))) + (((digits >> 16) & Pairs) * (1 + (10_000UL << 32)))) >> 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WordAt(ref byte text, int at)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    /// <summary>As they are: in headers, reports of events, and queries that nobody has encoded.</summary>
    private readonly struct Plain : ISpelling
    {
        public static int Width => 1;

        public static bool IsEquals(ref byte text, int place) => Unsafe.Add(ref text, place) == (byte)'=';

        public static bool IsComma(ref byte text, int place) => Unsafe.Add(ref text, place) == (byte)',';

        public static bool IsQuote(ref byte text, int place) => Unsafe.Add(ref text, place) == (byte)'"';

        public static bool IsLetter(ref byte text, int place, bool isRead) =>
            Unsafe.Add(ref text, place) is (byte)',' or (byte)'=' or (byte)'(' or (byte)')';
    }

    /// <summary>Percent-encoded; within quotes another letter may be so if nobody reads the value.</summary>
    private readonly struct Encoded : ISpelling
    {
        private const uint EqualsSign = '%' | ('3' << 8) | ('d' << 16);
        private const uint CommaSign = '%' | ('2' << 8) | ('c' << 16);
        private const uint QuoteSign = '%' | ('2' << 8) | ('2' << 16);

        // What tells a small letter from its capital.
        private const uint Small = 0x20 << 16;

        public static int Width => 3;

        public static bool IsEquals(ref byte text, int place) => (SignAt(ref text, place) | Small) == EqualsSign;

        public static bool IsComma(ref byte text, int place) => (SignAt(ref text, place) | Small) == CommaSign;

        public static bool IsQuote(ref byte text, int place) => SignAt(ref text, place) == QuoteSign;

        public static bool IsLetter(ref byte text, int place, bool isRead)
        {
            uint sign = SignAt(ref text, place);
            return !isRead
                && (byte)sign == (byte)'%'
                && CmcdQueryText.LetterOf((byte)(sign >> 8), (byte)(sign >> 16)) is >= 0x20 and <= 0x7E and not '"' and not '\\';
        }

        private static uint SignAt(ref byte text, int place) => (uint)WordAt(ref text, place) & 0xFFFFFF;
    }
}
