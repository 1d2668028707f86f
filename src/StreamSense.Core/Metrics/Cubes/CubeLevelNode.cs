namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The windows of a level, in a ring of as many slots as may be kept, rounded up to a power of two.</summary>
internal sealed class CubeLevelNode(long epoch, CubeWindowNode?[] ring)
{
    /// <summary>No window from this one down is kept any more.</summary>
    public long Floor { get; set; } = long.MinValue;

    /// <summary>The newest window that anything was added to.</summary>
    public long Newest { get; set; } = long.MinValue;

    public long Epoch => epoch;

    public CubeWindowNode?[] Ring => ring;

    public ref CubeWindowNode? SlotOf(long window) => ref ring[window & (ring.Length - 1)];

    public CubeLevelNode Copy(long newEpoch) =>
        new(newEpoch, (CubeWindowNode?[])ring.Clone()) { Floor = Floor, Newest = Newest };
}
