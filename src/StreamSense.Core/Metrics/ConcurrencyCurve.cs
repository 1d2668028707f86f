namespace StreamSense.Core.Metrics;

/// <summary>How many plays of a group were open in every second, over all shards.</summary>
/// <remarks>
/// The peak is taken after adding the shards' difference arrays. Only where a shard has condensed old seconds is it a lower bound
/// there: the greatest of the shards' own peaks.
/// </remarks>
internal sealed class ConcurrencyCurve
{
    private readonly long[] _seconds;
    private readonly long[] _levels;
    private readonly long _levelBefore;

    public ConcurrencyCurve(IReadOnlyList<ConcurrencyLeaf> leaves, GroupKey group)
    {
        long horizon = long.MinValue;
        foreach (ConcurrencyLeaf leaf in leaves)
        {
            horizon = Math.Max(horizon, leaf.Horizon);
        }

        var changes = new List<SecondChange>();
        foreach (ConcurrencyLeaf leaf in leaves)
        {
            CondensedLevel before = leaf.CondensedOf(group);
            List<SecondChange> own = [.. leaf.ChangesOf(group)];
            own.Sort(static (a, b) => a.Second.CompareTo(b.Second));
            for (int i = 0; i < own.Count;)
            {
                long second = own[i].Second;
                long change = 0;
                for (; i < own.Count && own[i].Second == second; i++)
                {
                    change += own[i].Change;
                }

                if (second < horizon)
                {
                    before = before.Change(change);
                }
                else
                {
                    changes.Add(new SecondChange(second, change));
                }
            }

            _levelBefore += before.Level;
            Peak = Math.Max(Peak, before.Peak);
        }

        changes.Sort(static (a, b) => a.Second.CompareTo(b.Second));
        _seconds = new long[changes.Count];
        _levels = new long[changes.Count];
        long level = _levelBefore;
        int points = 0;
        foreach (SecondChange change in changes)
        {
            level += change.Change;
            if (points > 0 && _seconds[points - 1] == change.Second)
            {
                points--;
            }

            _seconds[points] = change.Second;
            _levels[points++] = level;
        }

        Array.Resize(ref _seconds, points);
        Array.Resize(ref _levels, points);
        Peak = Math.Max(Peak, Highest(_levelBefore, 0, points));
    }

    /// <summary>The most plays that were ever open at once.</summary>
    public long Peak { get; }

    /// <summary>The most plays that were open at once from a second up to, but not including, another.</summary>
    public long PeakBetween(long firstSecond, long endSecond)
    {
        int first = FirstAfter(firstSecond);
        long carried = first == 0 ? _levelBefore : _levels[first - 1];
        return Highest(carried, first, FirstAfter(endSecond - 1));
    }

    private int FirstAfter(long second)
    {
        int place = Array.BinarySearch(_seconds, second);
        return place < 0 ? ~place : place + 1;
    }

    private long Highest(long level, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            level = Math.Max(level, _levels[i]);
        }

        return level;
    }
}
