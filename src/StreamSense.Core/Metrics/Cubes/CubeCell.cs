namespace StreamSense.Core.Metrics.Cubes;

/// <summary>What a cube keeps of one value in one window; whole numbers only, so that a retraction restores every bit.</summary>
/// <remarks>288 bytes; a test holds it.</remarks>
internal struct CubeCell
{
    public CubeKey Key;

    /// <summary>In which epoch the sketch beside the cell was made or copied.</summary>
    public long StartupEpoch;

    public CubeSums Sums;
}
