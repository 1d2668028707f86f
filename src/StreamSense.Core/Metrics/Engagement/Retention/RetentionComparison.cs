using StreamSense.Core.Metrics.Comparison;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>The retention of a title before and after a cut.</summary>
/// <remarks>
/// Immutable. The same content is compared, found by its position; where the cuts differ in length it is met to the nearest part. Views are
/// taken as independent, and each interval is of its own part: at 95 %, of a hundred parts without any change about five are clear by
/// chance. The audience of a later cut is another one, too: a difference is no proof that the cut made it.
/// </remarks>
/// <param name="Points">The parts of the earlier cut that are still in the later one, in order.</param>
public sealed record RetentionComparison(IReadOnlyList<RetentionPoint> Points)
{
    /// <summary>Compares two cuts.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    /// <param name="alignment">What the cut changed; null for nothing but the end.</param>
    /// <param name="confidence">How sure each interval is, between 0 and 1.</param>
    /// <returns>The comparison; without points if a curve has no views.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static RetentionComparison Of(
        RetentionCurve before, RetentionCurve after, CutAlignment? alignment = null, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        alignment ??= CutAlignment.Unchanged;
        var points = new List<RetentionPoint>(RetentionCurve.Buckets);
        for (int bucket = 0; bucket < RetentionCurve.Buckets && before.Views > 0 && after.Views > 0; bucket++)
        {
            TimeSpan middle = before.PositionOf(bucket) + (before.PositionOf(1) / 2);
            if (alignment.Map(middle) is { } position && position < after.Length)
            {
                int other = RetentionBuckets.Of(position.Ticks, after.Length.Ticks);
                var earlier = new Proportion(before.Reach[bucket], before.Views);
                var later = new Proportion(after.Reach[other], after.Views);
                points.Add(new RetentionPoint(
                    bucket,
                    other,
                    before.PositionOf(bucket),
                    before.Unique(bucket) ?? 0,
                    after.Unique(other) ?? 0,
                    earlier.DifferenceTo(later, confidence)));
            }
        }

        return new RetentionComparison(points);
    }
}
