using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The cells of a group added up; their sketches are merged when they are asked for, since most groups are not shown.</summary>
internal sealed class CubeAccumulator(CubeKey key)
{
    private readonly List<QuantileSketch> _startups = [];
    private CubeSums _sums;

    public CubeKey Key => key;

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
            _startups.Add(startup);
        }

        FirstWindow = Math.Min(FirstWindow, window);
        LastWindow = Math.Max(LastWindow, window);
    }

    public void Add(CubeAccumulator other)
    {
        _sums.Add(other._sums);
        _startups.AddRange(other._startups);
        FirstWindow = Math.Min(FirstWindow, other.FirstWindow);
        LastWindow = Math.Max(LastWindow, other.LastWindow);
    }

    /// <summary>The startup times of all cells.</summary>
    public QuantileSketch MergeStartups()
    {
        var merged = new QuantileSketch();
        foreach (QuantileSketch startup in _startups)
        {
            merged.Merge(startup);
        }

        return merged;
    }
}
