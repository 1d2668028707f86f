namespace StreamSense.Ml.Training.Boosting;

/// <summary>A leaf of a growing tree.</summary>
internal sealed class GrowingLeaf
{
    /// <summary>Where its rows begin in the partition.</summary>
    public required int Start { get; init; }

    /// <summary>How many rows it has.</summary>
    public required int Count { get; init; }

    /// <summary>How many questions lead to it.</summary>
    public required int Depth { get; init; }

    /// <summary>What its rows add up to.</summary>
    public required HistogramCell Total { get; init; }

    /// <summary>Its place among the leaves of the tree.</summary>
    public required int Index { get; init; }

    /// <summary>The split that it is a child of; null for the root.</summary>
    public BinSplit? Parent { get; init; }

    /// <summary>Its histogram; null if it has none, or none any more.</summary>
    public AlignedBuffer<HistogramCell>? Histogram { get; set; }

    /// <summary>The best question for it.</summary>
    public SplitChoice Best { get; set; } = SplitChoice.None;
}
