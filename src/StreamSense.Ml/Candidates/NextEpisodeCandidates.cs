using StreamSense.Core.Events;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>Proposes the episode after the one that a viewer watched last, of each series, the latest series first.</summary>
/// <remarks>
/// A series whose last watched episode is not finished has none: that one is to be continued. Episodes that were finished before are
/// passed over; the first of the next season follows the last of a season. An episode that is not available is not passed over: there is
/// nothing to propose before it comes. Nothing for a viewer who is not known or does not allow personalisation.
/// </remarks>
public sealed class NextEpisodeCandidates : ICandidateSource
{
    private readonly FeatureStore _store;
    private readonly Catalogue _catalogue;
    private readonly CatalogueView<EpisodeOrder> _order;

    /// <summary>Creates a source.</summary>
    /// <param name="store">What is remembered of viewers.</param>
    /// <param name="catalogue">Knows series, seasons and episodes.</param>
    /// <param name="refreshInterval">How much event time passes at least between two readings of a catalogue that changes; 10 seconds
    /// unless given.</param>
    public NextEpisodeCandidates(FeatureStore store, Catalogue catalogue, TimeSpan? refreshInterval = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(catalogue);
        _store = store;
        _catalogue = catalogue;
        _order = new CatalogueView<EpisodeOrder>(catalogue, refreshInterval ?? TimeSpan.FromSeconds(10), EpisodeOrder.Of);
    }

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        if (!request.Features.MayPersonalise || !_store.TryRead(request.Features.Viewer, out ViewerMemory viewer))
        {
            return 0;
        }

        Span<HistoryEntry> latest = stackalloc HistoryEntry[RecentTitles.Capacity];
        int watched = 0;
        foreach (ref readonly WatchedTitle title in viewer.Recent)
        {
            watched = LatestFirst.Insert(latest, watched, new HistoryEntry(title.Title, title.LastWatched, 0));
        }

        EpisodeOrder order = _order.At(request.Features.Time);
        Span<TitleId> series = stackalloc TitleId[RecentTitles.Capacity];
        int seen = 0;
        int count = 0;
        for (int i = 0; i < watched && count < destination.Length; i++)
        {
            CatalogueTitle? row = _catalogue.Find(latest[i].Title);
            if (row is not { Series.IsNone: false, Episode: not null } || series[..seen].Contains(row.Series))
            {
                continue;
            }

            series[seen++] = row.Series;
            if (NextOf(row, order, viewer) is { } next && next.IsAvailable(request.Features.Time, request.Country))
            {
                destination[count++] = next.Id;
            }
        }

        return count;
    }

    private CatalogueTitle? NextOf(CatalogueTitle last, EpisodeOrder order, in ViewerMemory viewer)
    {
        CatalogueTitle? next = last;
        while (next is not null && viewer.TryFind(next.Id, out WatchedTitle watched))
        {
            if (!_store.Rules.IsEverFinished(watched, next) || _store.Rules.IsInProgress(watched, next))
            {
                // What is under way is to be continued; what was only looked into is still the next.
                return _store.Rules.IsInProgress(watched, next) ? null : next;
            }

            next = order.After(next);
        }

        return next;
    }
}
