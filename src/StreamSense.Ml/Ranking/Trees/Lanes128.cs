using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>16 rows: every processor that .NET runs on has these vectors, or the runtime says them in steps.</summary>
/// <remarks>Leaves of the left have lower numbers than those of the right: a minimum picks, once the wrong left is all ones.</remarks>
internal readonly unsafe struct Lanes128(Vector128<byte> value) : ILanes<Lanes128>
{
    private readonly Vector128<byte> _value = value;

    /// <inheritdoc/>
    public static int Count => Vector128<byte>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Of(byte value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(byte* source) => new(Vector128.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 vector, byte* target) => vector._value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Add(Lanes128 left, Lanes128 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Choose(BlockNode* node, byte* bins, Lanes128 left, Lanes128 right) =>
        new(Vector128.Min(left._value | GoesRight(node, bins), right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ChooseLeaf(BlockNode* node, byte* bins, Lanes128 left, Lanes128 right) =>
        new(left._value - GoesRight(node, bins));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountAtMost(float* sixteen, float value)
    {
        Vector128<float> all = Vector128.Create(value);
        Vector128<int> counts =
            Vector128.LessThanOrEqual(Vector128.Load(sixteen), all).AsInt32()
            + Vector128.LessThanOrEqual(Vector128.Load(sixteen + 4), all).AsInt32()
            + Vector128.LessThanOrEqual(Vector128.Load(sixteen + 8), all).AsInt32()
            + Vector128.LessThanOrEqual(Vector128.Load(sixteen + 12), all).AsInt32();
        return -Vector128.Sum(counts);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLeaves(byte* numbers, float* leaves, int count, float* sums)
    {
        for (int i = 0; i < 16; i += 4)
        {
            Vector128<float> leaf = Vector128.Create(
                leaves[numbers[i]], leaves[numbers[i + 1]], leaves[numbers[i + 2]], leaves[numbers[i + 3]]);
            Vector128.Store(Vector128.Load(sums + i) + leaf, sums + i);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLeaves(byte* numbers, double* leaves, double* sums)
    {
        for (int i = 0; i < 16; i++)
        {
            sums[i] += leaves[numbers[i]];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> GoesRight(BlockNode* node, byte* bins) =>
        Vector128.GreaterThan(Vector128.Load((sbyte*)bins + node->Offset), Vector128.Create(node->Threshold).AsSByte()).AsByte();
}
