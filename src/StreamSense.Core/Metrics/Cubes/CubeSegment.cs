namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The cells of one grouping in one window, in pages, in the order in which they came.</summary>
internal sealed class CubeSegment(long epoch, CubePage[] pages, CubeIndex index)
{
    public const int None = -1;

    /// <summary>The writer may change the segment while this is its epoch.</summary>
    public long Epoch { get; set; } = epoch;

    public CubePage[] Pages { get; set; } = pages;

    /// <summary>How many cells there are.</summary>
    public int Count { get; set; }

    /// <summary>The cell of what found no cell of its own; once there is one, values that are new go there, too.</summary>
    public int OtherRow { get; set; } = None;

    /// <summary>Where each key is: of the writer alone, and the same for all copies.</summary>
    public CubeIndex Index => index;

    public ref readonly CubeCell this[int row] => ref Pages[row >> CubePage.Shift].Cells[row & CubePage.Mask];

    public CubeSegment Copy(long newEpoch) =>
        new(newEpoch, (CubePage[])Pages.Clone(), index) { Count = Count, OtherRow = OtherRow };

    /// <summary>Makes it a segment without cells.</summary>
    public void Reset(long newEpoch)
    {
        Epoch = newEpoch;
        Count = 0;
        OtherRow = None;
        index.Clear();
    }
}
