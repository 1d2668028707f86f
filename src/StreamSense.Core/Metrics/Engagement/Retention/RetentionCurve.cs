using System.Collections.Immutable;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>How a title, or a cut of it, kept its viewers, in a hundred equal parts of its length.</summary>
/// <remarks>
/// Immutable. Of ended plays of known length that are not live. A view counts for each part of which it played anything. The form follows
/// YouTube's audience retention: <see cref="Absolute"/> with replays, which may exceed 1.
/// </remarks>
public sealed class RetentionCurve
{
    /// <summary>How many parts a curve has.</summary>
    public const int Buckets = 100;

    private RetentionCurve(
        long views,
        TimeSpan length,
        ImmutableArray<long> plays,
        ImmutableArray<long> reach,
        ImmutableArray<long> started,
        ImmutableArray<long> stopped)
    {
        Views = views;
        Length = length;
        Plays = plays;
        Reach = reach;
        Started = started;
        Stopped = stopped;
    }

    /// <summary>Views, those that played nothing among them.</summary>
    public long Views { get; }

    /// <summary>The mean length that the views saw; zero if there are no views.</summary>
    public TimeSpan Length { get; }

    /// <summary>How often each part was played, replays counted.</summary>
    public ImmutableArray<long> Plays { get; }

    /// <summary>How many views played anything of each part.</summary>
    public ImmutableArray<long> Reach { get; }

    /// <summary>How many views began in each part.</summary>
    public ImmutableArray<long> Started { get; }

    /// <summary>How many views played last in each part.</summary>
    public ImmutableArray<long> Stopped { get; }

    /// <summary>How often a part was played a view; may exceed 1, where viewers play it again.</summary>
    /// <param name="bucket">The part, from 0.</param>
    /// <returns>The ratio; null if there are no views.</returns>
    public double? Absolute(int bucket) => Ratio.Of(Plays[bucket], Views);

    /// <summary>The share of views that played anything of a part.</summary>
    /// <remarks>It never rises where all views begin at the beginning and do not seek.</remarks>
    /// <param name="bucket">The part, from 0.</param>
    /// <returns>The share; null if there are no views.</returns>
    public double? Unique(int bucket) => Ratio.Of(Reach[bucket], Views);

    /// <summary>Of the views that played anything of a part, the share that played nothing after it.</summary>
    /// <param name="bucket">The part, from 0.</param>
    /// <returns>The share, of at most 1; null if no view reached the part.</returns>
    public double? Hazard(int bucket) => Ratio.Of(Stopped[bucket], Reach[bucket]);

    /// <summary>The parts of highest hazard, where most of those who were there left; without the last part, where all leave.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="minimumSupport">How many views must have reached a part.</param>
    /// <returns>The steepest first; of equal ones the earlier first.</returns>
    public IReadOnlyList<RetentionDrop> TopDrops(int count, int minimumSupport)
    {
        var drops = new List<RetentionDrop>();
        for (int bucket = 0; bucket < Buckets - 1; bucket++)
        {
            if (Stopped[bucket] > 0 && Reach[bucket] >= minimumSupport)
            {
                drops.Add(new RetentionDrop(bucket, PositionOf(bucket), Stopped[bucket], Reach[bucket], Hazard(bucket) ?? 0));
            }
        }

        drops.Sort(static (a, b) =>
        {
            int order = b.Hazard.CompareTo(a.Hazard);
            return order != 0 ? order : a.Bucket.CompareTo(b.Bucket);
        });
        return drops.Count <= count ? drops : drops[..count];
    }

    /// <summary>Where a part begins in the content.</summary>
    /// <param name="bucket">The part, from 0.</param>
    public TimeSpan PositionOf(int bucket) => TimeSpan.FromTicks(Length.Ticks / Buckets * bucket);

    internal static RetentionCurve Of(RetentionCell cell) => new(
        cell.Views,
        cell.Views == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds((double)cell.Durations / cell.Views),
        RunningSums(cell.PlayChanges),
        RunningSums(cell.ReachChanges),
        [.. cell.Started],
        [.. cell.Stopped]);

    private static ImmutableArray<long> RunningSums(ReadOnlySpan<long> changes)
    {
        ImmutableArray<long>.Builder sums = ImmutableArray.CreateBuilder<long>(Buckets);
        long sum = 0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            sum += changes[bucket];
            sums.Add(sum);
        }

        return sums.MoveToImmutable();
    }
}
