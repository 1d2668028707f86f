using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>The titles that a viewer took an interest in: a row of a slab.</summary>
internal struct InterestRow
{
    /// <summary>How many titles there is room for.</summary>
    public const int Capacity = 64;

    /// <summary>The viewer.</summary>
    public ViewerId Viewer;

    private Entries _entries;
    private int _count;

    /// <summary>The titles, in no order.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<HistoryEntry> Titles => ((ReadOnlySpan<HistoryEntry>)_entries)[.._count];

    /// <summary>Notes an interest; the one longest past makes room.</summary>
    /// <param name="title">The title.</param>
    /// <param name="time">When.</param>
    /// <param name="weight">How much it was liked.</param>
    /// <returns>The title that there was no room left for, which may be this one; none if there was.</returns>
    public TitleId Note(TitleId title, EventTime time, float weight)
    {
        Span<HistoryEntry> all = _entries;
        int oldest = 0;
        for (int i = 0; i < _count; i++)
        {
            if (all[i].Title == title)
            {
                // The latest word holds.
                all[i] = new HistoryEntry(
                    title, time > all[i].Time ? time : all[i].Time, time >= all[i].Time ? weight : all[i].Weight);
                return default;
            }

            oldest = all[i].Time < all[oldest].Time ? i : oldest;
        }

        if (_count < Capacity)
        {
            all[_count++] = new HistoryEntry(title, time, weight);
            return default;
        }

        if (all[oldest].Time > time)
        {
            return title;
        }

        TitleId displaced = all[oldest].Title;
        all[oldest] = new HistoryEntry(title, time, weight);
        return displaced;
    }

    [InlineArray(Capacity)]
    private struct Entries
    {
        private HistoryEntry _first;
    }
}
