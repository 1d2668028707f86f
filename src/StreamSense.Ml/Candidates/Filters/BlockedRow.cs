using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>The titles that a viewer does not want to see: a row of a slab.</summary>
internal struct BlockedRow
{
    /// <summary>How many titles there is room for; a further one takes the place of the first.</summary>
    public const int Capacity = 64;

    /// <summary>The viewer.</summary>
    public ViewerId Viewer;

    private Ids _titles;
    private int _count;

    /// <summary>The titles, in the order in which they were blocked.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<TitleId> Titles => ((ReadOnlySpan<TitleId>)_titles)[.._count];

    /// <summary>Blocks a title.</summary>
    public void Add(TitleId title)
    {
        Remove(title);
        Span<TitleId> all = _titles;
        if (_count == Capacity)
        {
            all[1..].CopyTo(all);
            _count--;
        }

        all[_count++] = title;
    }

    /// <summary>Allows a title again.</summary>
    public void Remove(TitleId title)
    {
        Span<TitleId> all = _titles;
        int place = all[.._count].IndexOf(title);
        if (place >= 0)
        {
            all[(place + 1).._count].CopyTo(all[place..]);
            _count--;
        }
    }

    [InlineArray(Capacity)]
    private struct Ids
    {
        private TitleId _first;
    }
}
