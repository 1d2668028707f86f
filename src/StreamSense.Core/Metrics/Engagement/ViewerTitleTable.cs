using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>What each viewer watched of each title, over all its views that the shard saw.</summary>
/// <remarks>
/// The shard's thread only. Allocates only while it grows to its bounds. A pair keeps its place for good, also where all its plays are
/// taken back, so that a pair for which there was no room never gets one and a retraction finds what was added.
/// </remarks>
internal sealed class ViewerTitleTable(EngagementOptions options)
{
    private readonly Dictionary<ViewerTitleKey, int> _index = [];
    private readonly RangeBorderPool _pool = new(options.MaxBorders);
    private ViewerTitleRow[] _rows = new ViewerTitleRow[16];
    private ViewerTitleKey[] _keys = new ViewerTitleKey[16];
    private ViewerTitleMisses _misses;

    /// <summary>Adds a play, or takes it back.</summary>
    /// <param name="session">A play.</param>
    /// <param name="watched">What it played.</param>
    /// <param name="sign">1 to add, -1 to take back.</param>
    public void Count(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched, int sign)
    {
        if (!session.IsCompletable || session.Title.IsNone)
        {
            return;
        }

        if (session.Viewer.IsNone)
        {
            _misses.WithoutViewer += sign;
        }
        else if (watched.IsEmpty && session.WatchedContentMicroseconds > 0)
        {
            _misses.WithoutRanges += sign;
        }
        else if (!TryFind(new ViewerTitleKey(session.Title.Value, session.Viewer.Value), out int place))
        {
            _misses.WithoutRoom += sign;
        }
        else
        {
            Count(ref _rows[place], session.DurationMicroseconds, watched, sign);
        }
    }

    /// <summary>A copy of the table.</summary>
    public ViewerTitleLeaf Copy() =>
        new(_keys.AsSpan(0, _index.Count).ToArray(), _rows.AsSpan(0, _index.Count).ToArray(), _pool.Copy(), _misses);

    private void Count(ref ViewerTitleRow row, long duration, ReadOnlySpan<WatchedRange> watched, int sign)
    {
        row.Plays += sign;
        row.Durations += sign * duration;
        for (int i = 0; i < watched.Length && !row.IsLost; i++)
        {
            long from = Math.Clamp(watched[i].FromMicroseconds, 0, duration);
            long to = Math.Clamp(watched[i].ToMicroseconds, 0, duration);
            if (to > from)
            {
                Change(ref row, from, sign);
                Change(ref row, to, -sign);
            }
        }
    }

    private void Change(ref ViewerTitleRow row, long position, int change)
    {
        if (row.IsLost)
        {
            return;
        }

        bool hasRoom = _pool.TryChange(ref row.FirstBorder, ref row.Borders, position, change);
        if (!hasRoom || row.Borders > options.MaxBordersOfViewerTitle)
        {
            _pool.Clear(ref row.FirstBorder, ref row.Borders);
            row.IsLost = true;
        }
    }

    private bool TryFind(ViewerTitleKey key, out int place)
    {
        if (_index.TryGetValue(key, out place))
        {
            return true;
        }

        if (_index.Count >= options.MaxViewerTitles)
        {
            return false;
        }

        place = _index.Count;
        _index.Add(key, place);
        if (place == _rows.Length)
        {
            Array.Resize(ref _rows, place * 2);
            Array.Resize(ref _keys, place * 2);
        }

        _rows[place].FirstBorder = -1;
        _keys[place] = key;
        return true;
    }
}
