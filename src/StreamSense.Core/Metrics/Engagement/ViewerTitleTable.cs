using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>What each viewer watched of each title, over all its views that the shard saw.</summary>
/// <remarks>
/// The shard's thread only. Allocates only while it grows to its bounds. A pair keeps its place for good, also where all its plays are
/// taken back, so that a pair for which there was no room never gets one and a retraction finds what was added.
/// </remarks>
internal sealed class ViewerTitleTable(EngagementOptions options)
{
    private readonly Dictionary<ViewerTitleKey, ViewerTitleRow> _rows = [];
    private readonly RangeBorderPool _pool = new(options.MaxBorders);
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
        else
        {
            ref ViewerTitleRow row = ref RowOf(new ViewerTitleKey(session.Title.Value, session.Viewer.Value));
            if (Unsafe.IsNullRef(ref row))
            {
                _misses.WithoutRoom += sign;
            }
            else
            {
                Count(ref row, session.DurationMicroseconds, watched, sign);
            }
        }
    }

    /// <summary>A copy of the table.</summary>
    public ViewerTitleLeaf Copy()
    {
        var keys = new ViewerTitleKey[_rows.Count];
        var rows = new ViewerTitleRow[_rows.Count];
        _rows.Keys.CopyTo(keys, 0);
        _rows.Values.CopyTo(rows, 0);
        return new ViewerTitleLeaf(keys, rows, _pool.Copy(), _misses);
    }

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

    // A null reference where there is no room.
    private ref ViewerTitleRow RowOf(ViewerTitleKey key)
    {
        ref ViewerTitleRow row = ref CollectionsMarshal.GetValueRefOrNullRef(_rows, key);
        if (Unsafe.IsNullRef(ref row) && _rows.Count < options.MaxViewerTitles)
        {
            _rows.Add(key, new ViewerTitleRow { FirstBorder = -1 });
            row = ref CollectionsMarshal.GetValueRefOrNullRef(_rows, key);
        }

        return ref row;
    }
}
