using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The cells of a group added up.</summary>
internal sealed class CubeAccumulator(CubeKey key)
{
    private CubeSums _sums;

    public CubeKey Key => key;

    public QuantileSketch Startup { get; } = new();

    public ref readonly CubeSums Sums => ref _sums;

    /// <summary>The first window that has something.</summary>
    public long FirstWindow { get; private set; } = long.MaxValue;

    /// <summary>The last window that has something.</summary>
    public long LastWindow { get; private set; } = long.MinValue;

    public void Add(in CubeSums sums, QuantileSketch? startup, long window)
    {
        _sums.Add(sums);
        if (startup is not null)
        {
            Startup.Merge(startup);
        }

        FirstWindow = Math.Min(FirstWindow, window);
        LastWindow = Math.Max(LastWindow, window);
    }
}
