using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Finds the signs of a CMCD text, those that end keys and values, 64 bytes at a time.</summary>
/// <remarks>
/// A byte is a sign if the entries of its two halves in two tables of 16 have a bit in common, after Langdale and Lemire, "Parsing
/// gigabytes of JSON per second" (2019), section 3.1.2. Places are found before anything is read, so that reading one value does not
/// wait for the length of the value before it.
/// </remarks>
internal static class CmcdSigns
{
    /// <summary>How many bytes are looked at, at most.</summary>
    public const int MaxBytes = 4096;

    /// <summary>How many bytes must be there beyond the text, whatever they are.</summary>
    public const int Slack = Block;

    /// <summary>How many places there must be room for.</summary>
    public const int Capacity = MaxBytes + Unrolled + 1;

    private const int Block = 64;
    private const int Unrolled = 8;

    /// <summary>Finds the signs of a text.</summary>
    /// <param name="text">The text, and <see cref="Slack"/> bytes more.</param>
    /// <param name="length">How long the text is without them, at most <see cref="MaxBytes"/>.</param>
    /// <param name="places">Takes the places, and after them the length of the text.</param>
    /// <param name="alphabet">What is a sign.</param>
    public static void Find(ref byte text, int length, ushort[] places, CmcdAlphabet alphabet)
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported)
        {
            Find(new By64(alphabet), ref text, length, places);
        }
        else if (Avx2.IsSupported)
        {
            Find(new By32(alphabet), ref text, length, places);
        }
        else
        {
            Find(new By16(alphabet), ref text, length, places);
        }
    }

    /// <summary>The same by vectors of one width, which the machine must have if it is more than 16 bytes.</summary>
    internal static void Find<TVectors>(TVectors vectors, ref byte text, int length, ushort[] places)
        where TVectors : struct, IVectors
    {
        ref ushort place = ref MemoryMarshal.GetArrayDataReference(places);
        int count = 0;
        for (int at = 0; at < length; at += Block)
        {
            ulong bits = vectors.SignsOf(ref Unsafe.Add(ref text, at));
            int left = length - at;
            bits = left < Block ? bits & ((1UL << left) - 1) : bits;

            // Eight places at a time, the last of them beyond the signs: a loop that runs as often for most blocks.
            int end = count + BitOperations.PopCount(bits);
            for (int i = count; i < end; i += Unrolled)
            {
                ref ushort next = ref Unsafe.Add(ref place, i);
                next = Take(at, ref bits);
                Unsafe.Add(ref next, 1) = Take(at, ref bits);
                Unsafe.Add(ref next, 2) = Take(at, ref bits);
                Unsafe.Add(ref next, 3) = Take(at, ref bits);
                Unsafe.Add(ref next, 4) = Take(at, ref bits);
                Unsafe.Add(ref next, 5) = Take(at, ref bits);
                Unsafe.Add(ref next, 6) = Take(at, ref bits);
                Unsafe.Add(ref next, 7) = Take(at, ref bits);
            }

            count = end;
        }

        Unsafe.Add(ref place, count) = (ushort)length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Take(int at, ref ulong bits)
    {
        var place = (ushort)(at + BitOperations.TrailingZeroCount(bits));
        bits &= bits - 1;
        return place;
    }

    /// <summary>Vectors of some width.</summary>
    internal interface IVectors
    {
        /// <summary>The signs among 64 bytes, one bit each.</summary>
        ulong SignsOf(ref byte block);
    }

    internal readonly struct By64(CmcdAlphabet alphabet) : IVectors
    {
        private readonly Vector512<byte> _rows = Across(alphabet.Rows);
        private readonly Vector512<byte> _columns = Across(alphabet.Columns);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong SignsOf(ref byte block)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(ref block);
            Vector512<byte> rows = Avx512BW.Shuffle(_rows, Vector512.ShiftRightLogical(bytes, 4));
            Vector512<byte> columns = Avx512BW.Shuffle(_columns, bytes & Vector512.Create((byte)0x0F));
            return ~Vector512.Equals(rows & columns, Vector512<byte>.Zero).ExtractMostSignificantBits();
        }

        private static Vector512<byte> Across(Vector128<byte> table)
        {
            var half = Vector256.Create(table, table);
            return Vector512.Create(half, half);
        }
    }

    internal readonly struct By32(CmcdAlphabet alphabet) : IVectors
    {
        private readonly Vector256<byte> _rows = Vector256.Create(alphabet.Rows, alphabet.Rows);
        private readonly Vector256<byte> _columns = Vector256.Create(alphabet.Columns, alphabet.Columns);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong SignsOf(ref byte block) => ~(OthersOf(ref block) | ((ulong)OthersOf(ref Unsafe.Add(ref block, 32)) << 32));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private uint OthersOf(ref byte half)
        {
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref half);
            Vector256<byte> rows = Avx2.Shuffle(_rows, Vector256.ShiftRightLogical(bytes, 4));
            Vector256<byte> columns = Avx2.Shuffle(_columns, bytes & Vector256.Create((byte)0x0F));
            return Vector256.Equals(rows & columns, Vector256<byte>.Zero).ExtractMostSignificantBits();
        }
    }

    internal readonly struct By16(CmcdAlphabet alphabet) : IVectors
    {
        private readonly Vector128<byte> _rows = alphabet.Rows;
        private readonly Vector128<byte> _columns = alphabet.Columns;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong SignsOf(ref byte block)
        {
            ulong others = 0;
            for (int i = 0; i < Block; i += Vector128<byte>.Count)
            {
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref block, (nuint)i);
                Vector128<byte> rows = Vector128.Shuffle(_rows, Vector128.ShiftRightLogical(bytes, 4));
                Vector128<byte> columns = Vector128.Shuffle(_columns, bytes & Vector128.Create((byte)0x0F));
                others |= (ulong)Vector128.Equals(rows & columns, Vector128<byte>.Zero).ExtractMostSignificantBits() << i;
            }

            return ~others;
        }
    }
}
