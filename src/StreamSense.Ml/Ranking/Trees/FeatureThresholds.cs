namespace StreamSense.Ml.Ranking.Trees;

/// <summary>The thresholds of one feature, and the columns of bins that they are cut into.</summary>
internal sealed class FeatureThresholds
{
    /// <summary>How many thresholds are compared at once.</summary>
    public const int Segment = 16;

    private readonly List<BinColumn> _columns = [];

    /// <summary>Takes the thresholds of a feature.</summary>
    /// <param name="source">The feature's index in the rows.</param>
    /// <param name="thresholds">The thresholds, in any order and as often as they come.</param>
    public FeatureThresholds(int source, Span<float> thresholds)
    {
        Source = source;
        thresholds.Sort();

        // By value and not by bits: -0 and 0 are one threshold.
        int count = 0;
        foreach (float threshold in thresholds)
        {
            if (count == 0 || thresholds[count - 1] != threshold)
            {
                thresholds[count++] = threshold;
            }
        }

        // What fills up the last segment is not at most anything: NaN.
        Thresholds = new float[(count + Segment) / Segment * Segment];
        Thresholds.AsSpan().Fill(float.NaN);
        thresholds[..count].CopyTo(Thresholds);
        Count = count;
        Pivots = new float[Segment];
        for (int i = 0; i < Segment; i++)
        {
            int last = (i * Segment) + Segment - 1;
            Pivots[i] = last < count ? Thresholds[last] : float.NaN;
        }
    }

    /// <summary>The feature's index in the rows.</summary>
    public int Source { get; }

    /// <summary>The thresholds, rising, each once, and NaN up to a whole segment.</summary>
    public float[] Thresholds { get; }

    /// <summary>How many thresholds there are.</summary>
    public int Count { get; }

    /// <summary>The last threshold of each segment, if they are few enough for two steps.</summary>
    public float[] Pivots { get; }

    /// <summary>The columns.</summary>
    public BinColumn[] Columns { get; private set; } = [];

    /// <summary>The index of the first column among those of all features.</summary>
    public int FirstColumn { get; private set; }

    /// <summary>Notes that a split needs a column.</summary>
    public void Register(in TreeSplit split)
    {
        BinColumn column = ColumnOf(split, out _);
        if (!_columns.Contains(column))
        {
            _columns.Add(column);
        }
    }

    /// <summary>Fixes the columns.</summary>
    /// <param name="firstColumn">The index of the first.</param>
    public void Seal(int firstColumn)
    {
        Columns = [.. _columns];
        FirstColumn = firstColumn;
    }

    /// <summary>The column of a split, and what its bins are compared with.</summary>
    public (int Column, sbyte Threshold) Find(in TreeSplit split)
    {
        BinColumn column = ColumnOf(split, out int rank);
        return (FirstColumn + _columns.IndexOf(column), (sbyte)((rank % BinColumn.PageSize) - 128));
    }

    private BinColumn ColumnOf(in TreeSplit split, out int rank)
    {
        rank = Array.BinarySearch(Thresholds, 0, Count, split.Threshold);
        return new BinColumn(rank / BinColumn.PageSize, !split.MissingLeft, split.ZeroIsMissing);
    }
}
