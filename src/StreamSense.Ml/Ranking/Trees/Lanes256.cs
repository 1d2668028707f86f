using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>32 rows: AVX2.</summary>
/// <remarks>Leaves of the left have lower numbers than those of the right: a minimum picks, once the wrong left is all ones.</remarks>
internal readonly unsafe struct Lanes256(Vector256<byte> value) : ILanes<Lanes256>
{
    private readonly Vector256<byte> _value = value;

    /// <inheritdoc/>
    public static int Count => Vector256<byte>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Of(byte value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(byte* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 vector, byte* target) => vector._value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Add(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Choose(BlockNode* node, byte* bins, Lanes256 left, Lanes256 right) =>
        new(Vector256.Min(left._value | GoesRight(node, bins), right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ChooseLeaf(BlockNode* node, byte* bins, Lanes256 left, Lanes256 right) =>
        new(left._value - GoesRight(node, bins));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountAtMost(float* sixteen, float value)
    {
        Vector256<float> all = Vector256.Create(value);
        uint low = Vector256.LessThanOrEqual(Vector256.Load(sixteen), all).ExtractMostSignificantBits();
        uint high = Vector256.LessThanOrEqual(Vector256.Load(sixteen + 8), all).ExtractMostSignificantBits();
        return (int)uint.PopCount(low | (high << 8));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLeaves(byte* numbers, float* leaves, int count, float* sums)
    {
        if (!Avx2.IsSupported)
        {
            Lanes128.AddLeaves(numbers, leaves, count, sums);
            Lanes128.AddLeaves(numbers + 16, leaves, count, sums + 16);
            return;
        }

        for (int i = 0; i < 32; i += 8)
        {
            Vector256<float> leaf = Avx2.GatherVector256(leaves, Avx2.ConvertToVector256Int32(numbers + i), sizeof(float));
            Vector256.Store(Vector256.Load(sums + i) + leaf, sums + i);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLeaves(byte* numbers, double* leaves, double* sums)
    {
        if (!Avx2.IsSupported)
        {
            Lanes128.AddLeaves(numbers, leaves, sums);
            Lanes128.AddLeaves(numbers + 16, leaves, sums + 16);
            return;
        }

        for (int i = 0; i < 32; i += 4)
        {
            Vector128<int> index = Sse41.ConvertToVector128Int32(numbers + i);
            Vector256.Store(Vector256.Load(sums + i) + Avx2.GatherVector256(leaves, index, sizeof(double)), sums + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> GoesRight(BlockNode* node, byte* bins) =>
        Vector256.GreaterThan(Vector256.Load((sbyte*)bins + node->Offset), Vector256.Create(node->Threshold).AsSByte()).AsByte();
}
