using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Core.Sketches;

/// <summary>The registers of a <see cref="HyperLogLog"/>: each the greatest rank of the hashes that begin with its number.</summary>
internal static class RegisterArray
{
    private const int ChunkKeys = 64;
    private const int LineBytes = 64;
    private const int LinesAtOnce = 4;
    private const int Ranks = 64;

    /// <summary>The rank of a hash whose bits behind the index are all zero: the greatest one.</summary>
    public static int GreatestRank(int precision) => 64 - precision + 1;

    /// <summary>The relative standard error of the estimate.</summary>
    public static double ErrorAt(int precision) => 1.04 / Math.Sqrt(1 << precision);

    /// <summary>How many registers hold anything.</summary>
    public static int UsedIn(ReadOnlySpan<byte> registers) => registers.Length - registers.Count((byte)0);

    /// <summary>Adds keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(byte[] registers, ReadOnlySpan<ulong> keys, ulong preparedSeed, int precision)
    {
        ref byte first = ref MemoryMarshal.GetArrayDataReference(registers);
        ulong guard = 1UL << (precision - 1);
        int done = 0;
        if (Vector512.IsHardwareAccelerated && Avx512CD.IsSupported)
        {
            // By way of memory: single elements leave a vector more slowly than they are read again.
            Span<ulong> places = stackalloc ulong[ChunkKeys];
            for (; done + ChunkKeys <= keys.Length; done += ChunkKeys)
            {
                FindPlaces(keys.Slice(done, ChunkKeys), places, preparedSeed, precision);
                foreach (ulong indexAndRank in places)
                {
                    Raise(ref first, (nuint)(indexAndRank >> 8), (byte)indexAndRank);
                }
            }
        }

        for (; done < keys.Length; done++)
        {
            ulong hash = SeededHash.Of(keys[done], preparedSeed);
            int rank = BitOperations.LeadingZeroCount((hash << precision) | guard) + 1;
            Raise(ref first, (nuint)(hash >> (64 - precision)), rank);
        }
    }

    /// <summary>Adds what a coupon stands for.</summary>
    public static void AddCoupon(byte[] registers, uint coupon, int precision)
    {
        uint rank = coupon & ((1u << CouponSet.RankBits) - 1);
        uint bits = coupon >> CouponSet.RankBits;
        Raise(registers, bits, CouponSet.IndexBits - precision, (int)rank);
    }

    /// <summary>Adds what the registers of a sketch of the same or a higher precision hold.</summary>
    public static void Merge(byte[] registers, byte[] others)
    {
        if (others.Length == registers.Length)
        {
            MergeSame(registers, others);
            return;
        }

        int surplusBits = BitOperations.Log2((uint)(others.Length / registers.Length));
        for (int i = 0; i < others.Length; i++)
        {
            if (others[i] != 0)
            {
                Raise(registers, (uint)i, surplusBits, others[i]);
            }
        }
    }

    /// <summary>How many distinct hashes filled the registers (Ertl 2017, algorithm 6).</summary>
    public static double Estimate(ReadOnlySpan<byte> registers)
    {
        Span<int> counts = stackalloc int[Ranks];
        CountRanks(registers, counts);

        double count = registers.Length;
        int greatest = GreatestRank(BitOperations.Log2((uint)registers.Length));
        double z = count * Tau(1 - (counts[greatest] / count));
        for (int rank = greatest - 1; rank >= 1; rank--)
        {
            z = 0.5 * (z + counts[rank]);
        }

        z += count * Sigma(counts[0] / count);
        const double Alpha = 0.72134752044448170; // 1 / (2 ln 2)
        return double.IsInfinity(z) ? 0 : Alpha * count * count / z;
    }

    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        double sum = x;
        double weight = 1;
        double last;
        do
        {
            x *= x;
            last = sum;
            sum += x * weight;
            weight += weight;
        }
        while (sum != last);
        return sum;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double sum = 1 - x;
        double weight = 1;
        double last;
        do
        {
            x = Math.Sqrt(x);
            last = sum;
            weight *= 0.5;
            sum -= (1 - x) * (1 - x) * weight;
        }
        while (sum != last);
        return sum / 3;
    }

    // Four tables: most registers hold one of few ranks, and to count one twice in a row is to wait for the first.
    private static void CountRanks(ReadOnlySpan<byte> registers, Span<int> counts)
    {
        Span<int> tables = stackalloc int[4 * Ranks];
        tables.Clear();
        for (int i = 0; i + 4 <= registers.Length; i += 4)
        {
            tables[registers[i] & (Ranks - 1)]++;
            tables[Ranks + (registers[i + 1] & (Ranks - 1))]++;
            tables[(2 * Ranks) + (registers[i + 2] & (Ranks - 1))]++;
            tables[(3 * Ranks) + (registers[i + 3] & (Ranks - 1))]++;
        }

        for (int rank = 0; rank < Ranks; rank++)
        {
            counts[rank] = tables[rank] + tables[Ranks + rank] + tables[(2 * Ranks) + rank] + tables[(3 * Ranks) + rank];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindPlaces(ReadOnlySpan<ulong> keys, Span<ulong> places, ulong preparedSeed, int precision)
    {
        Vector512<ulong> seeds = Vector512.Create(preparedSeed);
        Vector512<ulong> guards = Vector512.Create(1UL << (precision - 1));
        ref ulong key = ref MemoryMarshal.GetReference(keys);
        ref ulong place = ref MemoryMarshal.GetReference(places);
        for (nuint i = 0; i < ChunkKeys; i += (nuint)Vector512<ulong>.Count)
        {
            Vector512<ulong> hashes = SeededHash.Of(Vector512.LoadUnsafe(ref key, i), seeds);
            Vector512<ulong> ranks = Avx512CD.LeadingZeroCount((hashes << precision) | guards) + Vector512<ulong>.One;
            (((hashes >>> (64 - precision)) << 8) | ranks).StoreUnsafe(ref place, i);
        }
    }

    private static void MergeSame(byte[] registers, byte[] others)
    {
        ref byte own = ref MemoryMarshal.GetArrayDataReference(registers);
        ref byte other = ref MemoryMarshal.GetArrayDataReference(others);
        nuint length = (nuint)registers.Length;
        if (Vector512.IsHardwareAccelerated && length >= LineBytes)
        {
            // The greater of two may be taken twice: so the ends overlap what lies between, whose stores meet whole cache lines.
            RaiseLine(ref own, ref other, 0);
            nuint at = BytesToLine(ref own);
            for (; at + LinesAtOnce * LineBytes <= length; at += LinesAtOnce * LineBytes)
            {
                RaiseLines(ref own, ref other, at);
            }

            for (; at + LineBytes <= length; at += LineBytes)
            {
                RaiseLine(ref own, ref other, at);
            }

            RaiseLine(ref own, ref other, length - LineBytes);
            return;
        }

        // The least length is sixteen, and all are powers of two.
        nuint done = 0;
        for (; Vector.IsHardwareAccelerated && done + (nuint)Vector<byte>.Count <= length; done += (nuint)Vector<byte>.Count)
        {
            Vector.Max(Vector.LoadUnsafe(ref own, done), Vector.LoadUnsafe(ref other, done)).StoreUnsafe(ref own, done);
        }

        for (; done < length; done++)
        {
            Unsafe.Add(ref own, done) = Math.Max(Unsafe.Add(ref own, done), Unsafe.Add(ref other, done));
        }
    }

    // A hint only: the array may be moved at any time.
    private static unsafe nuint BytesToLine(ref byte first) => (nuint)(-(nint)Unsafe.AsPointer(ref first)) & (LineBytes - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RaiseLine(ref byte own, ref byte other, nuint at) =>
        Greater(ref own, ref other, at).StoreUnsafe(ref own, at);

    // Four loads before four stores: the processor need not ask of each load whether the store before it meets the same bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RaiseLines(ref byte own, ref byte other, nuint at)
    {
        Vector512<byte> first = Greater(ref own, ref other, at);
        Vector512<byte> second = Greater(ref own, ref other, at + LineBytes);
        Vector512<byte> third = Greater(ref own, ref other, at + (2 * LineBytes));
        Vector512<byte> fourth = Greater(ref own, ref other, at + (3 * LineBytes));
        first.StoreUnsafe(ref own, at);
        second.StoreUnsafe(ref own, at + LineBytes);
        third.StoreUnsafe(ref own, at + (2 * LineBytes));
        fourth.StoreUnsafe(ref own, at + (3 * LineBytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Greater(ref byte own, ref byte other, nuint at) =>
        Vector512.Max(Vector512.LoadUnsafe(ref own, at), Vector512.LoadUnsafe(ref other, at));

    // The bits behind the index are the surplus ones of a longer index, and then those that its rank counted.
    private static void Raise(byte[] registers, uint bits, int surplusBits, int rank)
    {
        uint surplus = bits & ((1u << surplusBits) - 1);
        int whole = surplus != 0 ? BitOperations.LeadingZeroCount(surplus) - (32 - surplusBits) + 1 : surplusBits + rank;
        Raise(ref MemoryMarshal.GetArrayDataReference(registers), bits >> surplusBits, whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Raise(ref byte first, nuint index, int rank)
    {
        ref byte register = ref Unsafe.Add(ref first, index);
        if (rank > register)
        {
            register = (byte)rank;
        }
    }
}
