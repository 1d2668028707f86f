using StreamSense.Core.Metrics.Comparison;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>A part of a title in two cuts.</summary>
/// <param name="BeforeBucket">The part of the earlier cut, from 0.</param>
/// <param name="AfterBucket">The part of the later cut in which the middle of that content stands.</param>
/// <param name="Position">Where it begins in the earlier cut.</param>
/// <param name="Before">The share of views that played anything of it in the earlier cut.</param>
/// <param name="After">The same in the later cut.</param>
/// <param name="Difference">After less before, with its interval.</param>
public readonly record struct RetentionPoint(
    int BeforeBucket, int AfterBucket, TimeSpan Position, double Before, double After, Estimate Difference)
{
    /// <summary>Whether the interval leaves out zero: for this part alone, and not for the hundred together.</summary>
    public bool IsClear => Difference.Interval is { } interval && !interval.Contains(0);
}
