using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>The candidates of one request, from all sources, each once and each available.</summary>
/// <remarks>On the stack, in the caller's memory.</remarks>
/// <param name="titles">Room for the candidates.</param>
internal ref struct CandidateSet(Span<TitleId> titles)
{
    private readonly Span<TitleId> _titles = titles;
    private int _count;

    /// <summary>The candidates so far.</summary>
    public readonly ReadOnlySpan<TitleId> Titles => _titles[.._count];

    /// <summary>Adds what a source proposes, as far as there is room.</summary>
    public void AddFrom(ICandidateSource source, in CandidateRequest request, Catalogue catalogue)
    {
        int before = _count;
        Span<TitleId> room = _titles[before..];
        int proposed = source.Retrieve(request, room);
        Span<ulong> known = MemoryMarshal.Cast<TitleId, ulong>(_titles);
        foreach (TitleId title in room[..proposed])
        {
            // A source is a user's code: what it proposes is checked here and not taken on trust.
            if (catalogue.Find(title) is { } row
                && row.IsAvailable(request.Features.Time, request.Country)
                && !known[.._count].Contains(title.Value))
            {
                _titles[_count++] = title;
            }
        }
    }
}
