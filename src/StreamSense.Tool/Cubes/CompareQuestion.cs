using StreamSense.Core.Metrics.Cubes;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Cubes;

/// <summary>What a run of <c>compare</c> was asked.</summary>
internal sealed record CompareQuestion
{
    /// <summary>What to read.</summary>
    public required MeasureOptions Input { get; init; }

    /// <summary>The files of a second set; none to compare two groups or spans of one.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Of what dimension the two groups are; null for two spans of time, or two sets.</summary>
    public CubeDimension? By { get; init; }

    /// <summary>The two groups or spans, as given; none of two sets.</summary>
    public IReadOnlyList<string> Between { get; init; } = [];

    /// <summary>What views to take; none for all.</summary>
    public IReadOnlyList<CubeFilter> Where { get; init; } = [];

    /// <summary>How sure the intervals are, between 0 and 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>How many values, or combinations, a window keeps apart.</summary>
    public required int MaxValues { get; init; }
}
