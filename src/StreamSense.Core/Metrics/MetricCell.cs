using System.Runtime.InteropServices;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics;

/// <summary>The sums and sketches of one group, in all time or in one window.</summary>
internal sealed class MetricCell
{
    private QualitySums _sums;

    public ref QualitySums Sums => ref _sums;

    /// <summary>Whether nothing was added, or all of it has been taken back.</summary>
    public bool IsEmpty =>
        !MemoryMarshal.AsBytes(new ReadOnlySpan<QualitySums>(in _sums)).ContainsAnyExcept((byte)0)
        && Startup.Count == 0
        && ContentStartup.Count == 0;

    public QuantileSketch Startup { get; } = new();

    public QuantileSketch ContentStartup { get; } = new();

    /// <summary>Adds the startup times of a view, where it has them; or takes them back.</summary>
    public void AddStartups(long startup, long contentStartup, int sign = 1)
    {
        Add(Startup, startup, sign);
        Add(ContentStartup, contentStartup, sign);
    }

    public void Merge(MetricCell other)
    {
        _sums.Add(other._sums);
        Startup.Merge(other.Startup);
        ContentStartup.Merge(other.ContentStartup);
    }

    public void Clear()
    {
        _sums = default;
        Startup.Clear();
        ContentStartup.Clear();
    }

    public MetricCell Copy()
    {
        var copy = new MetricCell();
        copy.Merge(this);
        return copy;
    }

    private static void Add(QuantileSketch sketch, long value, int sign)
    {
        if (value == Absent.Time)
        {
            return;
        }

        if (sign > 0)
        {
            sketch.Add(value);
        }
        else
        {
            // A window that has gone meanwhile, or had no room, has nothing to take back.
            _ = sketch.TryRemove(value);
        }
    }
}
