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
    private readonly WatchHistory _history;
    private readonly CatalogueView<EpisodeOrder> _order;

    /// <summary>Creates a source.</summary>
    /// <param name="history">What viewers watched; its catalogue knows series, seasons and episodes.</param>
    /// <param name="refreshInterval">How much event time passes at least between two readings of a catalogue that changes; 10 seconds
    /// unless given.</param>
    public NextEpisodeCandidates(WatchHistory history, TimeSpan? refreshInterval = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        _history = history;
        _order = new CatalogueView<EpisodeOrder>(
            history.Catalogue, refreshInterval ?? TimeSpan.FromSeconds(10), static (titles, _) => EpisodeOrder.Of(titles));
    }

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        if (!request.Features.MayPersonalise || !_history.TryRead(request.Features.Viewer, out WatchedTitles viewer))
        {
            return 0;
        }

        Span<HistoryEntry> latest = stackalloc HistoryEntry[WatchedTitles.Capacity];
        int watched = 0;
        foreach (ref readonly WatchedTitle title in viewer.Titles)
        {
            var entry = new HistoryEntry(title.Title, title.LastWatched, 0);
            watched = ShortList.Insert(latest, watched, entry, default(LatestFirst));
        }

        EpisodeOrder order = _order.At(request.Features.Time);
        Span<TitleId> series = stackalloc TitleId[WatchedTitles.Capacity];
        int seen = 0;
        int count = 0;
        for (int i = 0; i < watched && count < destination.Length; i++)
        {
            CatalogueTitle? row = _history.Catalogue.Find(latest[i].Title);
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

    private CatalogueTitle? NextOf(CatalogueTitle last, EpisodeOrder order, in WatchedTitles viewer)
    {
        CatalogueTitle? next = last;
        while (next is not null && viewer.TryFind(next.Id, out WatchedTitle watched))
        {
            if (!_history.IsFinished(watched) || _history.IsInProgress(watched))
            {
                // What is under way is to be continued; what was only looked into is still the next.
                return _history.IsInProgress(watched) ? null : next;
            }

            next = order.After(next);
        }

        return next;
    }
}
