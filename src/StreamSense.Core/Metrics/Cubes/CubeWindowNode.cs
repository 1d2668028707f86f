namespace StreamSense.Core.Metrics.Cubes;

/// <summary>A window: a segment for each grouping, the whole first.</summary>
internal sealed class CubeWindowNode(long epoch, long index, CubeSegment[] segments)
{
    /// <summary>The writer may change the node while this is its epoch.</summary>
    public long Epoch { get; set; } = epoch;

    /// <summary>The number of the window.</summary>
    public long Index { get; set; } = index;

    public CubeSegment[] Segments => segments;

    public CubeWindowNode Copy(long newEpoch) => new(newEpoch, Index, (CubeSegment[])segments.Clone());
}
