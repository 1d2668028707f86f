using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Finds the keys of a CMCD argument where they stand in the query, without taking the percent-encoding off first.</summary>
/// <remarks>
/// Most players send nothing but whole numbers, tokens, marks and plain texts, and then only signs are encoded. What is so, and as
/// RFC 8941 has it to the letter, is taken here; all else (lists, parameters, backslashes, encoded letters in a text that is read,
/// whatever is broken) is declined and read by <see cref="CmcdReader"/>. What is taken has the same meaning there.
/// </remarks>
internal static class CmcdQuickScan
{
    private const ulong Bytes = 0x0101010101010101;

    // What TakeSign gives at the end of the argument, and for what is none of the signs it looks for.
    private const int End = 256;
    private const int Other = -1;

    private static readonly SearchValues<byte> _plainLetters = SearchValues.Create(
        " !$'()*,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static readonly SearchValues<byte> _keyLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*"u8);

    /// <summary>Finds the keys of an argument.</summary>
    /// <param name="line">A URL or a query.</param>
    /// <param name="at">Where the argument's value begins.</param>
    /// <param name="scratch">Takes the places of the values, in the line.</param>
    /// <returns>Whether it was taken.</returns>
    public static bool TryScan(ReadOnlySpan<byte> line, int at, CmcdScratch scratch)
    {
        uint present = 0;
        CmcdScratch.Slot[] slots = scratch.Slots;
        while (at < line.Length && line.Length >= sizeof(ulong))
        {
            if (!TryTakeKey(line, ref at, out CmcdKey key))
            {
                return false;
            }

            ref CmcdScratch.Slot slot = ref slots[(int)key];
            int sign = TakeSign(line, ref at);
            if (sign != '=')
            {
                slot = new CmcdScratch.Slot { Type = CmcdType.Truth };
            }
            else
            {
                bool isTaken = at < line.Length && char.IsAsciiDigit((char)line[at])
                    ? TryTakeNumber(line, ref at, ref slot)
                    : TryTakeWord(line, ref at, ref slot, isRead: key != CmcdKey.Count);
                if (!isTaken)
                {
                    return false;
                }

                sign = TakeSign(line, ref at);
            }

            present |= 1u << (int)key;
            if (sign != ',')
            {
                scratch.BeginWith(present);
                return sign == End;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTakeKey(ReadOnlySpan<byte> line, ref int at, out CmcdKey key)
    {
        // Bytes below 'a' end a name of the standard; 'a' and above have their highest bit set by the sum.
        ulong word = WordAt(line, at);
        ulong ends = ~((word & (0x7F * Bytes)) + ((0x80 - 'a') * Bytes)) & (0x80 * Bytes);
        int length = BitOperations.TrailingZeroCount(ends) >> 3;
        uint name = (uint)word & (uint)((1UL << (8 * length)) - 1);
        if (length is > 0 and <= sizeof(uint) && CmcdKeyIndex.TryFind(name, out key))
        {
            at += length;
            return true;
        }

        key = CmcdKey.Count;
        return TryPassKey(line, ref at);
    }

    private static bool TryPassKey(ReadOnlySpan<byte> line, ref int at)
    {
        bool isKey = char.IsAsciiLetterLower((char)line[at]) || line[at] == (byte)'*';
        int length = line[at..].IndexOfAnyExcept(_keyLetters);
        at = length < 0 ? line.Length : at + length;
        return isKey;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeSign(ReadOnlySpan<byte> line, ref int at)
    {
        if ((uint)at >= (uint)line.Length)
        {
            return End;
        }

        int sign = line[at];
        if (sign == '%' && at + 2 < line.Length)
        {
            uint digits = BinaryPrimitives.ReadUInt16LittleEndian(line[(at + 1)..]);
            at += 3;
            return digits switch
            {
                0x4433 or 0x6433 => '=',
                0x4332 or 0x6332 => ',',
                0x3232 => '"',
                _ => Other,
            };
        }

        if (sign is '&' or '#')
        {
            return End;
        }

        at++;
        return sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTakeNumber(ReadOnlySpan<byte> line, ref int at, ref CmcdScratch.Slot slot)
    {
        // Eight digits at once: the first byte that is none ends the number, and the digits before it are moved to the top.
        int start = at;
        ulong digits = WordAt(line, at) ^ ('0' * Bytes);
        ulong others = ((digits + (6 * Bytes)) | digits) & (0xF0 * Bytes);
        int length = BitOperations.TrailingZeroCount(others) >> 3;
        long number = (long)SumOf(digits << (64 - (8 * length)));
        at += length;
        if (length == sizeof(ulong) || (at < line.Length && line[at] == (byte)'.'))
        {
            return TryTakeRest(line, start, number, ref at, ref slot);
        }

        slot = new CmcdScratch.Slot { Type = CmcdType.Number, Start = start, Length = length, NumberAndOne = number + 1 };
        return true;
    }

    // More than eight digits, and a fraction.
    private static bool TryTakeRest(ReadOnlySpan<byte> line, int start, long number, ref int at, ref CmcdScratch.Slot slot)
    {
        for (; at < line.Length && at - start <= 15 && char.IsAsciiDigit((char)line[at]); at++)
        {
            number = (number * 10) + (line[at] - '0');
        }

        int whole = at - start;
        bool isFraction = at < line.Length && line[at] == (byte)'.';
        if (isFraction)
        {
            int point = at++;
            while (at < line.Length && char.IsAsciiDigit((char)line[at]))
            {
                at++;
            }

            if (whole > 12 || at - point is < 2 or > 4)
            {
                return false;
            }
        }

        slot = new CmcdScratch.Slot
        {
            Type = CmcdType.Number, Start = start, Length = at - start, NumberAndOne = isFraction ? 0 : number + 1,
        };
        return whole <= 15;
    }

    private static bool TryTakeWord(ReadOnlySpan<byte> line, ref int at, ref CmcdScratch.Slot slot, bool isRead)
    {
        int start = at;
        if (at < line.Length && char.IsAsciiLetter((char)line[at]))
        {
            at++;
            while (at < line.Length && (char.IsAsciiLetterOrDigit((char)line[at]) || line[at] is (byte)'-' or (byte)'.' or (byte)'_'))
            {
                at++;
            }

            slot = new CmcdScratch.Slot { Type = CmcdType.Token, IsPlain = true, Start = start, Length = at - start };
            return true;
        }

        if (TakeSign(line, ref at) != '"')
        {
            return false;
        }

        // A text ends as it begins: with a quote that is encoded, or with one that is not.
        int quote = at - start;
        start = at;
        while (true)
        {
            int plain = line[at..].IndexOfAnyExcept(_plainLetters);
            if (plain < 0)
            {
                return false;
            }

            at += plain;
            int end = at;
            int sign = TakeSign(line, ref at);
            if (sign == '"')
            {
                slot = new CmcdScratch.Slot { Type = CmcdType.Text, IsPlain = true, Start = start, Length = end - start };
                return at - end == quote;
            }

            if (isRead || line[end] != (byte)'%' || !CmcdQueryText.IsPlainLetter(line[end..]))
            {
                return false;
            }
        }
    }

    // Eight digits, the first of them lowest, by three multiplications: of pairs, of fours, of all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SumOf(ulong digits)
    {
        const ulong Pairs = 0x000000FF000000FF;
        digits = (digits * 10) + (digits >> 8);
        return (((digits & Pairs) * (100 + (1_000_000UL << 32))) + (((digits >> 16) & Pairs) * (1 + (10_000UL << 32)))) >> 32;
    }

    // Zeros stand for what lies beyond the line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WordAt(ReadOnlySpan<byte> line, int at)
    {
        int left = line.Length - at;
        return left >= sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(line[at..])
            : BinaryPrimitives.ReadUInt64LittleEndian(line[^sizeof(ulong)..]) >> (8 * (sizeof(ulong) - left));
    }
}
