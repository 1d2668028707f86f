using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>The titles that one viewer watched last, and how far.</summary>
/// <remarks>Unmanaged: a row of a slab, so that one read gives all of it as it was at one moment.</remarks>
public struct WatchedTitles
{
    /// <summary>How many titles are remembered of a viewer.</summary>
    public const int Capacity = 16;

    /// <summary>The viewer; none for what a device played without one.</summary>
    public ViewerId Viewer;

    private int _count;
    private Places _titles;

    /// <summary>The titles, in no particular order; at most <see cref="Capacity"/>.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<WatchedTitle> Titles => ((ReadOnlySpan<WatchedTitle>)_titles)[.._count];

    /// <summary>What is remembered of a title.</summary>
    /// <param name="title">The title.</param>
    /// <param name="watched">What is remembered.</param>
    /// <returns>Whether the title is among those watched last.</returns>
    public readonly bool TryFind(TitleId title, out WatchedTitle watched)
    {
        foreach (ref readonly WatchedTitle candidate in Titles)
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

    /// <summary>The place of a title, made by forgetting the one watched longest ago.</summary>
    /// <param name="title">The title.</param>
    /// <param name="time">When it was watched.</param>
    /// <param name="index">The place, to be given to <see cref="At"/>.</param>
    /// <returns>False if all places hold titles watched later.</returns>
    internal bool TryPlace(TitleId title, EventTime time, out int index)
    {
        index = 0;
        Span<WatchedTitle> all = _titles;
        for (int i = 0; i < _count; i++)
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

        if (_count < Capacity)
        {
            index = _count++;
        }
        else if (all[index].LastWatched > time)
        {
            return false;
        }

        all[index] = new WatchedTitle { Title = title };
        return true;
    }

    /// <summary>Takes over what a device that had no viewer watched.</summary>
    /// <param name="device">What is remembered of the device.</param>
    /// <param name="since">Nothing older is taken.</param>
    internal void Join(in WatchedTitles device, EventTime since)
    {
        foreach (ref readonly WatchedTitle theirs in device.Titles)
        {
            if (theirs.LastWatched >= since && TryPlace(theirs.Title, theirs.LastWatched, out int place))
            {
                WatchedFlags ever = _titles[place].Flags & WatchedFlags.EverFinished;
                _titles[place] = theirs;
                _titles[place].Flags |= ever;
            }
        }
    }

    /// <summary>A place, for writing.</summary>
    /// <param name="index">The place.</param>
    [UnscopedRef]
    internal ref WatchedTitle At(int index) => ref _titles[index];

    [InlineArray(Capacity)]
    private struct Places
    {
        private WatchedTitle _first;
    }
}
