using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>Keeps the retention curves of a shard, one a cut of a title.</summary>
/// <remarks>
/// The shard's thread only. Allocates only for a new curve, until the bound is reached; the cuts that came first keep their curves.
/// </remarks>
internal sealed class RetentionRecorder : IPlaybackSessionConsumer
{
    private readonly EngagementOptions _options;
    private readonly Dictionary<RetentionKey, RetentionCell> _cells = [];
    private RetentionMisses _misses;

    public RetentionRecorder(EngagementOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(session, watched, 1);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(session, watched, -1);

    /// <summary>A copy of all curves.</summary>
    public RetentionPartial Snapshot()
    {
        var partial = new RetentionPartial(_options) { Misses = _misses };
        foreach (KeyValuePair<RetentionKey, RetentionCell> cell in _cells)
        {
            partial.Cells.Add(cell.Key, cell.Value.Copy());
        }

        return partial;
    }

    private void Count(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched, int sign)
    {
        if (!session.IsCompletable || session.Title.IsNone)
        {
            return;
        }

        if (watched.IsEmpty && session.WatchedContentMicroseconds > 0)
        {
            _misses.WithoutRanges += sign;
        }
        else if (CellOf(new RetentionKey(session.Title, session.Edit)) is { } cell)
        {
            cell.Count(session.DurationMicroseconds, watched, sign);
        }
        else
        {
            _misses.WithoutRoom += sign;
        }
    }

    private RetentionCell? CellOf(RetentionKey key)
    {
        if (!_cells.TryGetValue(key, out RetentionCell? cell) && _cells.Count < _options.MaxRetentionCurves)
        {
            cell = new RetentionCell();
            _cells.Add(key, cell);
        }

        return cell;
    }
}
