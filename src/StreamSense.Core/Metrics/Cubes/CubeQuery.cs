using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>What to ask of a cube.</summary>
/// <remarks>Immutable. The default asks for the whole, over all windows of a minute.</remarks>
public sealed record CubeQuery
{
    /// <summary>The windows to read.</summary>
    /// <value>Minute.</value>
    public CubeLevel Level { get; init; } = CubeLevel.Minute;

    /// <summary>Only windows that begin at this instant or later; null for all that are kept.</summary>
    /// <value>Null.</value>
    public EventTime? From { get; init; }

    /// <summary>Only windows that begin before this instant; null for all that are kept.</summary>
    /// <value>Null.</value>
    public EventTime? To { get; init; }

    /// <summary>By what to group the rows; none gives one row.</summary>
    /// <value>None.</value>
    public IReadOnlyList<CubeDimension> By { get; init; } = [];

    /// <summary>What rows to take.</summary>
    /// <value>All.</value>
    public IReadOnlyList<CubeFilter> Where { get; init; } = [];

    /// <summary>Whether to give a row for each window, else one for all of them together.</summary>
    /// <value>False.</value>
    public bool PerWindow { get; init; }

    /// <summary>By what to order the groups, over all windows; those without a value come last, equal ones by name.</summary>
    /// <value>Attempts.</value>
    public CubeMetric OrderBy { get; init; } = CubeMetric.Attempts;

    /// <summary>Whether the least come first.</summary>
    /// <value>False: the greatest first.</value>
    public bool Ascending { get; init; }

    /// <summary>How many groups to give; 0 for all.</summary>
    /// <value>0.</value>
    public int Top { get; init; }
}
