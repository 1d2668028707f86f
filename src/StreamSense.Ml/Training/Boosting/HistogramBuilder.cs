using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>Adds up the derivatives of rows by feature and bin.</summary>
/// <param name="features">The rows as bins.</param>
/// <param name="gradients">Their derivatives.</param>
/// <param name="sharing">Shares the blocks of features among threads.</param>
internal sealed unsafe class HistogramBuilder(BinnedFeatures features, RowGradients gradients, WorkSharing sharing)
{
    private const int Ahead = 16;

    /// <summary>Adds up rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="blocks">The blocks of features that are wanted; the others keep what they have.</param>
    /// <param name="histogram">Where the sums go.</param>
    public void Build(RowRange rows, ReadOnlyMemory<int> blocks, AlignedBuffer<HistogramCell> histogram) =>
        sharing.Run(blocks.Length, (long)rows.Count * blocks.Length * FeatureBins.BlockWidth, index =>
        {
            int block = blocks.Span[index];
            FeatureBins bins = features.Bins;
            int first = bins.FirstCellOfBlock(block);
            histogram.Span[first..bins.FirstCellOfBlock(block + 1)].Clear();
            int width = Math.Min(FeatureBins.BlockWidth, bins.Features - (block * FeatureBins.BlockWidth));
            byte* cells = (byte*)(histogram.Pointer + first);
            if (width == FeatureBins.BlockWidth)
            {
                AddEight(rows, features.Block(block), cells);
            }
            else
            {
                AddFew(rows, features.Block(block), cells, width);
            }
        });

    /// <summary>Leaves in a leaf's histogram what is not in that of one of its children.</summary>
    /// <param name="blocks">The blocks of features that are wanted.</param>
    /// <param name="histogram">That of the leaf, which becomes that of the other child.</param>
    /// <param name="child">That of the one child.</param>
    public void Subtract(ReadOnlySpan<int> blocks, AlignedBuffer<HistogramCell> histogram, AlignedBuffer<HistogramCell> child)
    {
        foreach (int block in blocks)
        {
            int first = features.Bins.FirstCellOfBlock(block);
            int end = features.Bins.FirstCellOfBlock(block + 1);
            long* left = (long*)(histogram.Pointer + first);
            long* right = (long*)(child.Pointer + first);
            int length = (end - first) * 2;
            for (int i = 0; i < length; i += Vector128<long>.Count)
            {
                (Vector128.Load(left + i) - Vector128.Load(right + i)).Store(left + i);
            }
        }
    }

    private void AddEight(RowRange rows, ushort* block, byte* cells)
    {
        HistogramCell* derivatives = gradients.Rows;
        int* row = rows.First;
        int* end = row + rows.Count;
        int* near = row + Math.Max(0, rows.Count - Ahead);
        for (; row < near; row++)
        {
            if (Sse.IsSupported)
            {
                // A leaf's rows lie far apart, and which comes next is known: it is on its way while this one is added.
                Sse.Prefetch0(block + ((nint)row[Ahead] * FeatureBins.BlockWidth));
                Sse.Prefetch0(derivatives + row[Ahead]);
            }

            AddEight(block + ((nint)(*row) * FeatureBins.BlockWidth), Vector128.Load((long*)(derivatives + *row)), cells);
        }

        for (; row < end; row++)
        {
            AddEight(block + ((nint)(*row) * FeatureBins.BlockWidth), Vector128.Load((long*)(derivatives + *row)), cells);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEight(ushort* places, Vector128<long> derivatives, byte* cells)
    {
        Add(cells + places[0], derivatives);
        Add(cells + places[1], derivatives);
        Add(cells + places[2], derivatives);
        Add(cells + places[3], derivatives);
        Add(cells + places[4], derivatives);
        Add(cells + places[5], derivatives);
        Add(cells + places[6], derivatives);
        Add(cells + places[7], derivatives);
    }

    private void AddFew(RowRange rows, ushort* block, byte* cells, int width)
    {
        HistogramCell* derivatives = gradients.Rows;
        for (int i = 0; i < rows.Count; i++)
        {
            int row = rows.First[i];
            ushort* places = block + ((nint)row * FeatureBins.BlockWidth);
            Vector128<long> added = Vector128.Load((long*)(derivatives + row));
            for (int place = 0; place < width; place++)
            {
                Add(cells + places[place], added);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* cell, Vector128<long> derivatives) =>
        (Vector128.Load((long*)cell) + derivatives).Store((long*)cell);
}
