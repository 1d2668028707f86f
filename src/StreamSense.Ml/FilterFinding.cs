using StreamSense.Ml.Candidates.Filters;

namespace StreamSense.Ml;

/// <summary>What a filter said of a title.</summary>
/// <param name="Filter">The filter's name.</param>
/// <param name="Verdict">What it said.</param>
public readonly record struct FilterFinding(string Filter, FilterVerdict Verdict);
