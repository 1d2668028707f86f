using StreamSense.Core.Metrics.Cubes;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Cubes;

/// <summary>What a run of <c>cube</c> was asked.</summary>
internal sealed record CubeQuestion
{
    /// <summary>What to read.</summary>
    public required MeasureOptions Input { get; init; }

    /// <summary>By what to group; none for one row.</summary>
    public IReadOnlyList<CubeDimension> By { get; init; } = [];

    /// <summary>What views to take; none for all.</summary>
    public IReadOnlyList<CubeFilter> Where { get; init; } = [];

    /// <summary>The windows to have rows of; null for one row a group.</summary>
    public CubeLevel? Every { get; init; }

    /// <summary>By what to order the groups, the greatest first.</summary>
    public CubeMetric OrderBy { get; init; } = CubeMetric.Attempts;

    /// <summary>How many groups to give; null for all.</summary>
    public int? Top { get; init; }

    /// <summary>How many values, or combinations, a window keeps apart.</summary>
    public required int MaxValues { get; init; }
}
