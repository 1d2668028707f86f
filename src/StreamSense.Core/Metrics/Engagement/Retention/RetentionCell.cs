using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>The sums behind a retention curve; mergeable.</summary>
/// <remarks>
/// Two difference arrays, of the plays of each part and of the views that played it at all: a run of parts adds 1 at its first and takes 1
/// after its last, so that each array adds up to zero, and its running sum is the curve.
/// </remarks>
internal sealed class RetentionCell
{
    private const int Parts = RetentionBuckets.Count;
    private const int PlaysAt = 0;
    private const int ReachAt = PlaysAt + Parts + 1;
    private const int StartedAt = ReachAt + Parts + 1;
    private const int StoppedAt = StartedAt + Parts;
    private const int Size = StoppedAt + Parts;

    private readonly long[] _sums = new long[Size];

    /// <summary>Ended plays of known length and content.</summary>
    public long Views { get; private set; }

    /// <summary>The lengths of the title that they saw, in microseconds.</summary>
    public long Durations { get; private set; }

    /// <summary>The difference array of plays.</summary>
    public ReadOnlySpan<long> PlayChanges => _sums.AsSpan(PlaysAt, Parts + 1);

    /// <summary>The difference array of views that played a part.</summary>
    public ReadOnlySpan<long> ReachChanges => _sums.AsSpan(ReachAt, Parts + 1);

    /// <summary>Views by the part in which they began.</summary>
    public ReadOnlySpan<long> Started => _sums.AsSpan(StartedAt, Parts);

    /// <summary>Views by the part in which they played last.</summary>
    public ReadOnlySpan<long> Stopped => _sums.AsSpan(StoppedAt, Parts);

    /// <summary>Adds a view, or takes it back.</summary>
    /// <param name="duration">The length of the title; above zero.</param>
    /// <param name="watched">What it played.</param>
    /// <param name="sign">1 to add, -1 to take back.</param>
    public void Count(long duration, ReadOnlySpan<WatchedRange> watched, int sign)
    {
        Views += sign;
        Durations += sign * duration;
        UInt128 reached = 0;
        int last = -1;
        foreach (WatchedRange range in watched)
        {
            if (range.ToMicroseconds <= range.FromMicroseconds)
            {
                continue;
            }

            (int first, int end) = RetentionBuckets.Of(range, duration);
            _sums[PlaysAt + first] += sign;
            _sums[PlaysAt + end + 1] -= sign;
            _sums[StartedAt + first] += last < 0 ? sign : 0;
            reached |= RetentionBuckets.MaskOf(first, end);
            last = end;
        }

        if (last >= 0)
        {
            _sums[StoppedAt + last] += sign;
            CountReached(reached, sign);
        }
    }

    /// <summary>Adds another cell.</summary>
    public void Add(RetentionCell other)
    {
        Views += other.Views;
        Durations += other.Durations;
        for (int i = 0; i < Size; i++)
        {
            _sums[i] += other._sums[i];
        }
    }

    /// <summary>A copy.</summary>
    public RetentionCell Copy()
    {
        var copy = new RetentionCell();
        copy.Add(this);
        return copy;
    }

    // Bits that differ from the one below them are the borders of runs.
    private void CountReached(UInt128 reached, int sign)
    {
        UInt128 borders = reached ^ (reached << 1);
        int change = sign;
        while (borders != 0)
        {
            int place = (int)UInt128.TrailingZeroCount(borders);
            _sums[ReachAt + place] += change;
            change = -change;
            borders &= borders - 1;
        }
    }
}
