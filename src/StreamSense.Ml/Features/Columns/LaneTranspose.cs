using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Turns the rows of some candidates into a line of lanes for each word.</summary>
internal static class LaneTranspose
{
    /// <summary>How many rows are turned at once, and how many words of them: those of a cache line.</summary>
    public const int Square = 8;

    private const int LowBlocks = 0x44;
    private const int HighBlocks = 0xee;
    private const int EvenBlocks = 0x88;
    private const int OddBlocks = 0xdd;

    /// <summary>Turns eight rows.</summary>
    /// <param name="width">The width.</param>
    /// <param name="rows">Where the rows begin.</param>
    /// <param name="words">How many words of each are turned: a multiple of eight.</param>
    /// <param name="lanes">The lane of the first row in the line of the first word.</param>
    public static void Turn(LaneWidth width, ReadOnlySpan<nint> rows, int words, ref long lanes)
    {
        ref nint first = ref MemoryMarshal.GetReference(rows[..Square]);
        for (int word = 0; word < words; word += Square)
        {
            ref long to = ref Unsafe.Add(ref lanes, word * LaneLoop.Block);
            if (width == LaneWidth.Bits512 && Avx512F.IsSupported)
            {
                Turn512(ref first, word, ref to);
            }
            else if (width == LaneWidth.Bits256 && Avx2.IsSupported)
            {
                Turn256(ref first, word, ref to);
                Turn256(ref first, word + (Square / 2), ref Unsafe.Add(ref to, Square / 2 * LaneLoop.Block));
            }
            else
            {
                TurnOneByOne(ref first, word, ref to);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe ref long WordOf(ref nint rows, int lane, int word) =>
        ref Unsafe.AsRef<long>((long*)Unsafe.Add(ref rows, lane) + word);

    private static void TurnOneByOne(ref nint rows, int firstWord, ref long to)
    {
        for (int lane = 0; lane < Square; lane++)
        {
            for (int word = 0; word < Square; word++)
            {
                Unsafe.Add(ref to, (word * LaneLoop.Block) + lane) = WordOf(ref rows, lane, firstWord + word);
            }
        }
    }

    // Four words of all eight rows.
    private static void Turn256(ref nint rows, int word, ref long to)
    {
        for (int lane = 0; lane < Square; lane += Square / 2)
        {
            Vector256<long> r0 = Vector256.LoadUnsafe(ref WordOf(ref rows, lane, word));
            Vector256<long> r1 = Vector256.LoadUnsafe(ref WordOf(ref rows, lane + 1, word));
            Vector256<long> r2 = Vector256.LoadUnsafe(ref WordOf(ref rows, lane + 2, word));
            Vector256<long> r3 = Vector256.LoadUnsafe(ref WordOf(ref rows, lane + 3, word));
            Vector256<long> even = Avx2.UnpackLow(r0, r1);
            Vector256<long> odd = Avx2.UnpackHigh(r0, r1);
            Vector256<long> evenBehind = Avx2.UnpackLow(r2, r3);
            Vector256<long> oddBehind = Avx2.UnpackHigh(r2, r3);
            var first = (nuint)lane;
            Avx2.Permute2x128(even, evenBehind, 0x20).StoreUnsafe(ref to, first);
            Avx2.Permute2x128(odd, oddBehind, 0x20).StoreUnsafe(ref to, first + LaneLoop.Block);
            Avx2.Permute2x128(even, evenBehind, 0x31).StoreUnsafe(ref to, first + (2 * LaneLoop.Block));
            Avx2.Permute2x128(odd, oddBehind, 0x31).StoreUnsafe(ref to, first + (3 * LaneLoop.Block));
        }
    }

    private static void Turn512(ref nint rows, int word, ref long to)
    {
        Vector512<long> r0 = Vector512.LoadUnsafe(ref WordOf(ref rows, 0, word));
        Vector512<long> r1 = Vector512.LoadUnsafe(ref WordOf(ref rows, 1, word));
        Vector512<long> r2 = Vector512.LoadUnsafe(ref WordOf(ref rows, 2, word));
        Vector512<long> r3 = Vector512.LoadUnsafe(ref WordOf(ref rows, 3, word));
        Vector512<long> r4 = Vector512.LoadUnsafe(ref WordOf(ref rows, 4, word));
        Vector512<long> r5 = Vector512.LoadUnsafe(ref WordOf(ref rows, 5, word));
        Vector512<long> r6 = Vector512.LoadUnsafe(ref WordOf(ref rows, 6, word));
        Vector512<long> r7 = Vector512.LoadUnsafe(ref WordOf(ref rows, 7, word));
        StorePairs(
            Avx512F.UnpackLow(r0, r1), Avx512F.UnpackLow(r2, r3), Avx512F.UnpackLow(r4, r5), Avx512F.UnpackLow(r6, r7), ref to);
        StorePairs(
            Avx512F.UnpackHigh(r0, r1), Avx512F.UnpackHigh(r2, r3), Avx512F.UnpackHigh(r4, r5), Avx512F.UnpackHigh(r6, r7),
            ref Unsafe.Add(ref to, LaneLoop.Block));
    }

    // Each holds every second word of two rows, in blocks of a word of both: the blocks are turned once more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePairs(Vector512<long> a, Vector512<long> b, Vector512<long> c, Vector512<long> d, ref long to)
    {
        Vector512<long> lowLeft = Avx512F.Shuffle4x128(a, b, LowBlocks);
        Vector512<long> lowRight = Avx512F.Shuffle4x128(c, d, LowBlocks);
        Vector512<long> highLeft = Avx512F.Shuffle4x128(a, b, HighBlocks);
        Vector512<long> highRight = Avx512F.Shuffle4x128(c, d, HighBlocks);
        Avx512F.Shuffle4x128(lowLeft, lowRight, EvenBlocks).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(lowLeft, lowRight, OddBlocks).StoreUnsafe(ref to, 2 * LaneLoop.Block);
        Avx512F.Shuffle4x128(highLeft, highRight, EvenBlocks).StoreUnsafe(ref to, 4 * LaneLoop.Block);
        Avx512F.Shuffle4x128(highLeft, highRight, OddBlocks).StoreUnsafe(ref to, 6 * LaneLoop.Block);
    }
}
