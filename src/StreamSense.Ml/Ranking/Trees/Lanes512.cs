using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>64 rows: AVX-512, whose comparisons give masks that pick for nothing.</summary>
internal readonly unsafe struct Lanes512(Vector512<byte> value) : ILanes<Lanes512>
{
    private readonly Vector512<byte> _value = value;

    /// <inheritdoc/>
    public static int Count => Vector512<byte>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Of(byte value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(byte* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 vector, byte* target) => vector._value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Add(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Choose(BlockNode* node, byte* bins, Lanes512 left, Lanes512 right) =>
        new(Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512.Create(node->Threshold).AsSByte(), Vector512.Load((sbyte*)bins + node->Offset)).AsByte(),
            right._value,
            left._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ChooseLeaf(BlockNode* node, byte* bins, Lanes512 left, Lanes512 right) => Choose(node, bins, left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountAtMost(float* sixteen, float value) => (int)ulong.PopCount(
        Vector512.LessThanOrEqual(Vector512.Load(sixteen), Vector512.Create(value)).ExtractMostSignificantBits());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLeaves(byte* numbers, float* leaves, int count, float* sums)
    {
        if (!Avx512F.IsSupported || count > 64)
        {
            Lanes256.AddLeaves(numbers, leaves, count, sums);
            Lanes256.AddLeaves(numbers + 32, leaves, count, sums + 32);
            return;
        }

        // What lies behind the leaves may be another tree's: no row has such a number.
        Vector512<float> first = Vector512.Load(leaves);
        if (count <= 16)
        {
            for (int i = 0; i < 64; i += 16)
            {
                Vector512<int> index = Avx512F.ConvertToVector512Int32(Vector128.Load(numbers + i));
                Vector512.Store(Vector512.Load(sums + i) + Avx512F.PermuteVar16x32(first, index), sums + i);
            }

            return;
        }

        Vector512<float> second = Vector512.Load(leaves + 16);
        if (count <= 32)
        {
            for (int i = 0; i < 64; i += 16)
            {
                Vector512<int> index = Avx512F.ConvertToVector512Int32(Vector128.Load(numbers + i));
                Vector512.Store(Vector512.Load(sums + i) + Avx512F.PermuteVar16x32x2(first, index, second), sums + i);
            }

            return;
        }

        Vector512<float> third = Vector512.Load(leaves + 32);
        Vector512<float> fourth = count <= 48 ? third : Vector512.Load(leaves + 48);
        for (int i = 0; i < 64; i += 16)
        {
            Vector512<int> index = Avx512F.ConvertToVector512Int32(Vector128.Load(numbers + i));
            Vector512<float> leaf = Vector512.ConditionalSelect(
                Vector512.GreaterThan(index, Vector512.Create(31)).AsSingle(),
                Avx512F.PermuteVar16x32x2(third, index, fourth),
                Avx512F.PermuteVar16x32x2(first, index, second));
            Vector512.Store(Vector512.Load(sums + i) + leaf, sums + i);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLeaves(byte* numbers, double* leaves, double* sums)
    {
        Lanes256.AddLeaves(numbers, leaves, sums);
        Lanes256.AddLeaves(numbers + 32, leaves, sums + 32);
    }
}
