namespace StreamSense.Core.Metrics.Comparison;

/// <summary>One metric of two groups or windows, and whether they differ.</summary>
/// <param name="Name">The metric's name, as in reports, its unit last.</param>
/// <param name="Method">How the intervals were made.</param>
/// <param name="Left">The metric of the first.</param>
/// <param name="Right">The metric of the second.</param>
/// <param name="Difference">How much higher the second is.</param>
/// <param name="LeftViews">How many views the metric of the first is of.</param>
/// <param name="RightViews">How many views the metric of the second is of.</param>
public sealed record MetricComparison(
    string Name, ComparisonMethod Method, Estimate Left, Estimate Right, Estimate Difference, long LeftViews, long RightViews)
{
    /// <summary>
    /// Whether the interval of the difference excludes zero. Of many metrics or groups compared at once, some will by chance: one in
    /// twenty at a confidence of 0.95.
    /// </summary>
    public bool IsDifferent => Difference.Interval is { } interval && !interval.Contains(0);
}
