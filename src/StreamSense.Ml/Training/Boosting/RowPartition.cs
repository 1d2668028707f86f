namespace StreamSense.Ml.Training.Boosting;

/// <summary>Which rows of a tree's sample are in which leaf: each leaf's rows lie together, ascending.</summary>
/// <param name="rows">How many rows there are.</param>
internal sealed unsafe class RowPartition(int rows)
{
    private readonly AlignedBuffer<int> _rows = new(rows);
    private readonly AlignedBuffer<int> _rightRows = new(rows);

    /// <summary>The room for the numbers of a tree's rows, to be filled before it grows.</summary>
    public Span<int> Rows => _rows.Span;

    /// <summary>The rows of a leaf.</summary>
    /// <param name="start">Where they begin.</param>
    /// <param name="count">How many there are.</param>
    public RowRange Range(int start, int count) => new(_rows.Pointer + start, count);

    /// <summary>Puts the rows of a leaf that go left before those that go right, and otherwise leaves their order.</summary>
    /// <param name="start">Where they begin.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="split">What is asked.</param>
    /// <param name="features">The rows as bins.</param>
    /// <returns>How many go left.</returns>
    public int Split(int start, int count, BinSplit split, BinnedFeatures features)
    {
        ushort* column = features.Column(split.Feature);
        int firstBin = features.FirstBinInBlock(split.Feature);
        int* all = _rows.Pointer + start;
        int* right = _rightRows.Pointer;
        int left = 0;
        int others = 0;
        fixed (byte* goesLeft = split.GoesLeft)
        {
            for (int i = 0; i < count; i++)
            {
                // Each row is written to both sides and counted on one: a branch would be guessed wrong every other time.
                int row = all[i];
                int side = goesLeft[(column[(nint)row * FeatureBins.BlockWidth] >> BinnedFeatures.CellShift) - firstBin];
                all[left] = row;
                right[others] = row;
                left += side;
                others += 1 - side;
            }
        }

        new ReadOnlySpan<int>(right, others).CopyTo(new Span<int>(all + left, others));
        return left;
    }
}
