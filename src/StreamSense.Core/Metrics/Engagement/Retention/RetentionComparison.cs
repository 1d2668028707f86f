namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>The retention of a title before and after a cut.</summary>
/// <remarks>
/// Immutable. The same content is compared, found by its position; where the cuts differ in length it is met to the nearest part. Views are
/// taken as independent, and each interval is of its own part: of a hundred parts without any change about five are clear by chance. The
/// audience of a later cut is another one, too: a difference is no proof that the cut made it.
/// </remarks>
/// <param name="Points">The parts of the earlier cut that are still in the later one, in order.</param>
public sealed record RetentionComparison(IReadOnlyList<RetentionPoint> Points)
{
    /// <summary>Compares two cuts.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    /// <param name="alignment">What the cut changed; null for nothing but the end.</param>
    /// <returns>The comparison; without points if a curve has no views.</returns>
    public static RetentionComparison Of(RetentionCurve before, RetentionCurve after, CutAlignment? alignment = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        alignment ??= CutAlignment.Unchanged;
        var points = new List<RetentionPoint>(RetentionCurve.Buckets);
        for (int bucket = 0; bucket < RetentionCurve.Buckets; bucket++)
        {
            TimeSpan middle = before.PositionOf(bucket) + (before.PositionOf(1) / 2);
            if (alignment.Map(middle) is { } position
                && position < after.Length
                && RetentionBuckets.Of(position.Ticks, after.Length.Ticks) is var other
                && ProportionDifference.Of(before.Reach[bucket], before.Views, after.Reach[other], after.Views) is { } difference)
            {
                points.Add(new RetentionPoint(
                    bucket,
                    other,
                    before.PositionOf(bucket),
                    (double)before.Reach[bucket] / before.Views,
                    (double)after.Reach[other] / after.Views,
                    difference.Difference,
                    difference.Low,
                    difference.High));
            }
        }

        return new RetentionComparison(points);
    }
}
