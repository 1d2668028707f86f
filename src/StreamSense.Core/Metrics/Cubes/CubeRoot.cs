namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The top of a version of a cube: levels, their windows, the segments of each, the pages of each.</summary>
/// <remarks>
/// A tree whose nodes the writer may change only while they bear the current epoch; a snapshot is a root, and taking one begins a new
/// epoch, so that the writer copies what it changes next (path copying as in Driscoll, Sarnak, Sleator, Tarjan 1989, with owned nodes
/// as in the transients of Clojure). What a reader holds therefore never changes.
/// </remarks>
internal sealed class CubeRoot(long epoch, CubeLevelNode[] levels)
{
    public long Epoch => epoch;

    public CubeLevelNode[] Levels => levels;
}
