using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads the digits that stand at a place of a text.</summary>
internal static class DigitRun
{
    /// <summary>Reads digits: fewer than sixteen at once, so that no branch has to guess how many there are.</summary>
    /// <param name="start">The text.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="at">The place.</param>
    /// <param name="value">What they say; nonsense beyond the eighteenth, which nobody uses.</param>
    /// <returns>The place behind them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref byte start, int length, int at, ref ulong value)
    {
        if (!BitConverter.IsLittleEndian || at + Vector128<byte>.Count > length)
        {
            return ReadEach(ref start, length, at, ref value);
        }

        Vector128<byte> digits = Vector128.LoadUnsafe(ref start, (nuint)at) - Vector128.Create((byte)'0');
        uint others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        int count = BitOperations.TrailingZeroCount(others);
        if (others == 0 || count == 0)
        {
            return ReadEach(ref start, length, at, ref value);
        }

        ulong head = digits.AsUInt64().ToScalar();
        value = count <= sizeof(ulong)
            ? Eight(head << (64 - (8 * count)))
            : (Eight(head << (128 - (8 * count))) * 100_000_000)
                + Eight(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at + count - sizeof(ulong))) & 0x0F0F0F0F0F0F0F0FUL);
        return at + count;
    }

    /// <summary>Reads digits one by one, onto those that were read before.</summary>
    /// <inheritdoc cref="Read"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadEach(ref byte start, int length, int at, ref ulong value)
    {
        for (; at < length; at++)
        {
            uint digit = (uint)(Unsafe.Add(ref start, at) - '0');
            if (digit > 9)
            {
                break;
            }

            value = (value * 10) + digit;
        }

        return at;
    }

    // Eight digits, the first in the lowest byte: pairs, then fours, then all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ulong digits)
    {
        digits = (digits * 2561) >> 8;
        digits = ((digits & 0x00FF00FF00FF00FFUL) * 6553601) >> 16;
        return ((digits & 0x0000FFFF0000FFFFUL) * 42949672960001UL) >> 32;
    }
}
