using System.Diagnostics.CodeAnalysis;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>What is remembered of one viewer who allows personalisation.</summary>
/// <remarks>
/// Unmanaged: a row of the store's slab, so that one read gives all of it as it was at one moment. Sums are over the whole time
/// that the row exists; a row that was pushed out begins anew.
/// </remarks>
public struct ViewerMemory
{
    /// <summary>The viewer.</summary>
    public ViewerId Viewer;

    /// <summary>Plays, fading from the first frame.</summary>
    public DecayedSum Plays;

    /// <summary>When the viewer last started a play; default if never.</summary>
    public EventTime LastPlay;

    /// <summary>Watch time of all ended plays, in microseconds.</summary>
    public long WatchMicroseconds;

    /// <summary>The earliest of what is remembered.</summary>
    internal EventTime From;

    /// <summary>How many of <see cref="RecentTitles"/> are filled.</summary>
    internal int RecentCount;

    private RecentTitles _recent;

    /// <summary>The titles watched last, in no particular order; at most <see cref="RecentTitles.Capacity"/>.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<WatchedTitle> Recent => ((ReadOnlySpan<WatchedTitle>)_recent)[..RecentCount];

    /// <summary>What is remembered of this viewer and a title.</summary>
    /// <param name="title">The title.</param>
    /// <param name="watched">What is remembered.</param>
    /// <returns>Whether the title is among those watched last.</returns>
    public readonly bool TryFind(TitleId title, out WatchedTitle watched)
    {
        foreach (ref readonly WatchedTitle candidate in Recent)
        {
            if (candidate.Title == title)
            {
                watched = candidate;
                return true;
            }
        }

        watched = default;
        return false;
    }

    /// <summary>The place of a title among those watched last, made by forgetting the one watched longest ago.</summary>
    /// <param name="title">The title.</param>
    /// <param name="time">When it was watched.</param>
    /// <param name="index">The place, to be given to <see cref="RecentAt"/>.</param>
    /// <returns>False if all places hold titles watched later.</returns>
    internal bool TryPlace(TitleId title, EventTime time, out int index)
    {
        index = 0;
        Span<WatchedTitle> all = _recent;
        for (int i = 0; i < RecentCount; i++)
        {
            if (all[i].Title == title)
            {
                index = i;
                return all[i].LastWatched <= time;
            }

            if (all[i].LastWatched < all[index].LastWatched)
            {
                index = i;
            }
        }

        if (RecentCount < RecentTitles.Capacity)
        {
            index = RecentCount++;
        }
        else if (all[index].LastWatched > time)
        {
            return false;
        }

        all[index] = new WatchedTitle { Title = title };
        return true;
    }

    /// <summary>Takes over what is remembered of a device that had no viewer.</summary>
    /// <remarks>Titles from their last watching on; the sums, which cannot be divided, only if none of them is older.</remarks>
    /// <param name="device">What is remembered of the device.</param>
    /// <param name="since">Nothing older is taken.</param>
    /// <param name="halfLife">How fast plays fade.</param>
    internal void Join(in ViewerMemory device, EventTime since, HalfLife halfLife)
    {
        if (device.From >= since)
        {
            Plays = DecayedSum.Merge(Plays, device.Plays, halfLife);
            WatchMicroseconds += device.WatchMicroseconds;
        }

        LastPlay = device.LastPlay >= since && device.LastPlay > LastPlay ? device.LastPlay : LastPlay;
        foreach (ref readonly WatchedTitle theirs in device.Recent)
        {
            if (theirs.LastWatched >= since && TryPlace(theirs.Title, theirs.LastWatched, out int place))
            {
                WatchedFlags ever = _recent[place].Flags & WatchedFlags.EverFinished;
                _recent[place] = theirs;
                _recent[place].Flags |= ever;
            }
        }
    }

    /// <summary>A place among the titles watched last, for writing.</summary>
    /// <param name="index">The place.</param>
    [UnscopedRef]
    internal ref WatchedTitle RecentAt(int index) => ref _recent[index];
}
