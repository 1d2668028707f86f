using System.Numerics;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>The candidates of one request, from all sources, each once and each with its catalogue row.</summary>
/// <remarks>One request at a time; used again by the next, so that nothing is allocated.</remarks>
/// <param name="capacity">How many candidates there may be.</param>
internal sealed class CandidateRoom(int capacity)
{
    private readonly TitleId[] _titles = new TitleId[capacity];
    private readonly CatalogueTitle[] _rows = new CatalogueTitle[capacity];
    private readonly uint[] _sources = new uint[capacity];
    private readonly FilterVerdict[] _verdicts = new FilterVerdict[capacity];

    // Where a title stands, by hash; at most half full. A number counts only if it was written for the present request.
    private readonly int[] _places = new int[(int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
    private int _count;

    /// <summary>How many candidates there are.</summary>
    public int Count => _count;

    /// <summary>How many proposals the catalogue did not know.</summary>
    public int NotInCatalogue { get; private set; }

    /// <summary>The candidates.</summary>
    public ReadOnlySpan<TitleId> Titles => _titles.AsSpan(0, _count);

    /// <summary>Their catalogue rows.</summary>
    public ReadOnlySpan<CatalogueTitle> Rows => _rows.AsSpan(0, _count);

    /// <summary>Which sources proposed each, a bit a source.</summary>
    public ReadOnlySpan<uint> Sources => _sources.AsSpan(0, _count);

    /// <summary>Forgets the former request.</summary>
    public void Clear()
    {
        _places.AsSpan().Clear();
        _count = 0;
        NotInCatalogue = 0;
    }

    /// <summary>Adds what a source proposes, as far as there is room.</summary>
    /// <param name="source">The source.</param>
    /// <param name="place">Its place among the sources, from 0 to 31.</param>
    /// <param name="atMost">How many it may propose.</param>
    /// <param name="request">For whom.</param>
    /// <param name="catalogue">What may be proposed.</param>
    public void AddFrom(ICandidateSource source, int place, int atMost, in CandidateRequest request, Catalogue catalogue)
    {
        Span<TitleId> room = _titles.AsSpan(_count, Math.Min(atMost, _titles.Length - _count));
        int proposed = source.Retrieve(request, room);
        foreach (TitleId title in room[..proposed])
        {
            Add(title, 1u << place, catalogue);
        }
    }

    /// <summary>Removes what a filter does not let through; the others keep their order.</summary>
    /// <returns>How many were refused, and of how many too little was known.</returns>
    public (int Refused, int Unknown) Apply(ICandidateFilter filter, in CandidateRequest request)
    {
        Span<FilterVerdict> verdicts = _verdicts.AsSpan(0, _count);
        verdicts.Clear();
        filter.Judge(request, Rows, verdicts);
        int kept = verdicts.IndexOfAnyExcept(FilterVerdict.Allowed);
        if (kept < 0)
        {
            return (0, 0);
        }

        int refused = 0;
        for (int i = kept; i < verdicts.Length; i++)
        {
            if (verdicts[i] == FilterVerdict.Allowed)
            {
                _titles[kept] = _titles[i];
                _rows[kept] = _rows[i];
                _sources[kept] = _sources[i];
                kept++;
            }
            else
            {
                refused += verdicts[i] == FilterVerdict.Refused ? 1 : 0;
            }
        }

        int removed = _count - kept;
        _count = kept;
        return (refused, removed - refused);
    }

    /// <summary>Removes all candidates.</summary>
    /// <returns>How many there were.</returns>
    public int Empty()
    {
        int count = _count;
        _count = 0;
        return count;
    }

    // A source is a user's code: what it proposes is checked here and not taken on trust. The place written to is never behind the
    // place read from, so that a source may write into the same memory.
    private void Add(TitleId title, uint source, Catalogue catalogue)
    {
        int mask = _places.Length - 1;
        int slot = (int)((title.Value * 0x9e3779b97f4a7c15UL) >> 33) & mask;
        for (; _places[slot] != 0; slot = (slot + 1) & mask)
        {
            int known = _places[slot] - 1;
            if (_titles[known] == title)
            {
                _sources[known] |= source;
                return;
            }
        }

        if (catalogue.Find(title) is not { } row)
        {
            NotInCatalogue++;
            return;
        }

        _titles[_count] = title;
        _rows[_count] = row;
        _sources[_count] = source;
        _places[slot] = ++_count;
    }
}
