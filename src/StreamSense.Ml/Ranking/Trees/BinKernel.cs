using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Turns the features of a block of rows into bins.</summary>
/// <typeparam name="TLanes">The vectors.</typeparam>
internal static unsafe class BinKernel<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int MostRows = 64;

    /// <summary>Fills the columns of a block.</summary>
    /// <param name="plan">The columns.</param>
    /// <param name="source">The first feature of the block's first row.</param>
    /// <param name="rows">How the features lie.</param>
    /// <param name="count">How many rows there are; what stands behind them in a column means nothing.</param>
    /// <param name="bins">The block.</param>
    public static void Fill(BinPlan plan, float* source, in TreeRows rows, int count, byte* bins)
    {
        float* copy = stackalloc float[MostRows];
        foreach (FeatureThresholds feature in plan.Features)
        {
            float* values = Column(source + ((nint)feature.Source * rows.FeatureStride), rows.RowStride, count, copy);
            byte* column = bins + ((nint)feature.FirstColumn * TLanes.Count);
            if (feature.Count <= BinColumn.PageSize)
            {
                Count(feature, values, count, column);
                Spread(feature, values, count, column);
            }
            else
            {
                CountPages(feature, values, count, column);
            }
        }

        for (int i = 0; i < plan.Categories.Length; i++)
        {
            CategoryColumn category = plan.Categories[i];
            float* value = source + ((nint)category.Source * rows.FeatureStride);
            var column = (sbyte*)bins + ((nint)(plan.FirstCategory + i) * TLanes.Count);
            for (int row = 0; row < count; row++, value += rows.RowStride)
            {
                column[row] = category.BinOf(*value);
            }
        }
    }

    // Whole vectors are read: what is not there reads as 0.
    private static float* Column(float* first, int stride, int count, float* copy)
    {
        if (stride == 1 && count == TLanes.Count)
        {
            return first;
        }

        new Span<float>(copy + count, TLanes.Count - count).Clear();
        for (int row = 0; row < count; row++)
        {
            copy[row] = first[(nint)row * stride];
        }

        return copy;
    }

    // NaN is at least no threshold: its count is 0.
    private static void Count(FeatureThresholds feature, float* values, int count, byte* column)
    {
        fixed (float* thresholds = feature.Thresholds, pivots = feature.Pivots)
        {
            if (feature.Count < FeatureThresholds.Segment)
            {
                for (int row = 0; row < count; row++)
                {
                    column[row] = (byte)(TLanes.CountAtMost(thresholds, values[row]) ^ 0x80);
                }

                return;
            }

            for (int row = 0; row < count; row++)
            {
                float value = values[row];
                int passed = TLanes.CountAtMost(pivots, value) * FeatureThresholds.Segment;
                column[row] = (byte)((passed + TLanes.CountAtMost(thresholds + passed, value)) ^ 0x80);
            }
        }
    }

    // The columns of a feature differ in its missing values alone.
    private static void Spread(FeatureThresholds feature, float* values, int count, byte* first)
    {
        BinColumn[] columns = feature.Columns;
        ulong missing = Missing(values, zeroIsMissing: false) & Rows(count);
        for (int i = columns.Length - 1; i >= 0; i--)
        {
            byte* column = first + (i * TLanes.Count);
            if (i > 0)
            {
                TLanes.Store(TLanes.Load(first), column);
            }

            ulong left = columns[i].ZeroIsMissing ? Missing(values, zeroIsMissing: true) & Rows(count) : missing;
            byte bin = columns[i].MissingRight ? (byte)sbyte.MaxValue : unchecked((byte)sbyte.MinValue);
            for (; left != 0; left &= left - 1)
            {
                column[BitOperations.TrailingZeroCount(left)] = bin;
            }
        }
    }

    private static void CountPages(FeatureThresholds feature, float* values, int count, byte* first)
    {
        ReadOnlySpan<float> thresholds = feature.Thresholds.AsSpan(0, feature.Count);
        for (int row = 0; row < count; row++)
        {
            float value = values[row];
            int rank = CountAtMost(thresholds, value);
            for (int i = 0; i < feature.Columns.Length; i++)
            {
                BinColumn column = feature.Columns[i];
                bool isMissing = float.IsNaN(value) || (column.ZeroIsMissing && Math.Abs(value) <= TreeSplit.ZeroThreshold);
                int bin = isMissing
                    ? (column.MissingRight ? BinColumn.PageSize : 0)
                    : Math.Clamp(rank - (column.Page * BinColumn.PageSize), 0, BinColumn.PageSize);
                first[(i * TLanes.Count) + row] = (byte)(bin ^ 0x80);
            }
        }
    }

    private static int CountAtMost(ReadOnlySpan<float> thresholds, float value)
    {
        int low = 0;
        int high = thresholds.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (thresholds[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Rows(int count) => ulong.MaxValue >> (MostRows - count);

    private static ulong Missing(float* values, bool zeroIsMissing)
    {
        ulong missing = 0;
        for (int row = 0; row < TLanes.Count; row += Vector128<float>.Count)
        {
            Vector128<float> value = Vector128.Load(values + row);
            Vector128<float> absent = ~Vector128.Equals(value, value);
            if (zeroIsMissing)
            {
                absent |= Vector128.LessThanOrEqual(Vector128.Abs(value), Vector128.Create(TreeSplit.ZeroThreshold));
            }

            missing |= (ulong)absent.ExtractMostSignificantBits() << row;
        }

        return missing;
    }
}
