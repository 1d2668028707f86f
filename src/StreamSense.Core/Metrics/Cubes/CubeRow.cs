using StreamSense.Core.Events;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>A row of an answer: a group, in one window or in all of them.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed class CubeRow
{
    private readonly CubeSums _sums;

    internal CubeRow(IReadOnlyList<CubeValue> values, EventTime? from, EventTime? to, in CubeSums sums, QuantileSketch startup)
    {
        Values = values;
        From = from;
        To = to;
        _sums = sums;
        Startup = startup;
        Metrics = CubeMetrics.Of(sums, startup);
    }

    /// <summary>The values of the group, in the order of the query's dimensions.</summary>
    public IReadOnlyList<CubeValue> Values { get; }

    /// <summary>Where the window begins, or the first one that has something; null in a row without any.</summary>
    public EventTime? From { get; }

    /// <summary>Where the window ends, or the last one that has something.</summary>
    public EventTime? To { get; }

    /// <summary>The metrics.</summary>
    public CubeMetrics Metrics { get; }

    internal ref readonly CubeSums Sums => ref _sums;

    internal QuantileSketch Startup { get; }
}
