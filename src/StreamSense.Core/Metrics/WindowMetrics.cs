using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics;

/// <summary>The metrics of one window of event time.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed class WindowMetrics
{
    private readonly MetricsSnapshot _snapshot;
    private readonly long _window;

    internal WindowMetrics(MetricsSnapshot snapshot, long window, EventTime start, EventTime end, QualityMetrics totals)
    {
        _snapshot = snapshot;
        _window = window;
        Start = start;
        End = end;
        Totals = totals;
    }

    /// <summary>When the window begins; the instant belongs to it.</summary>
    public EventTime Start { get; }

    /// <summary>When it ends; the instant belongs to the next one.</summary>
    public EventTime End { get; }

    /// <summary>The metrics of all views in the window.</summary>
    public QualityMetrics Totals { get; }

    /// <summary>The metrics of each value of a dimension in the window, those with most attempts first.</summary>
    /// <param name="dimension">The dimension.</param>
    public IReadOnlyList<GroupMetrics> By(MetricsDimension dimension) => _snapshot.GroupsOfWindow(_window, dimension);
}
