using StreamSense.Core.Events;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>Proposes what the viewer has begun and not finished, the latest first.</summary>
/// <remarks>Nothing for a viewer who is not known or does not allow personalisation. Live streams are not continued.</remarks>
/// <param name="history">What viewers watched; a title that its catalogue does not have or that is not available is not proposed.</param>
public sealed class ContinueWatchingCandidates(WatchHistory history) : ICandidateSource
{
    private readonly WatchHistory _history = history ?? throw new ArgumentNullException(nameof(history));

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        if (!request.Features.MayPersonalise || !_history.TryRead(request.Features.Viewer, out WatchedTitles viewer))
        {
            return 0;
        }

        Span<HistoryEntry> begun = stackalloc HistoryEntry[WatchedTitles.Capacity];
        int count = 0;
        foreach (ref readonly WatchedTitle watched in viewer.Titles)
        {
            CatalogueTitle? title = _history.Catalogue.Find(watched.Title);
            if (title is not null && title.IsAvailable(request.Features.Time, request.Country) && _history.IsInProgress(watched))
            {
                var entry = new HistoryEntry(watched.Title, watched.LastWatched, 0);
                count = ShortList.Insert(begun, count, entry, default(LatestFirst));
            }
        }

        count = Math.Min(count, destination.Length);
        for (int i = 0; i < count; i++)
        {
            destination[i] = begun[i].Title;
        }

        return count;
    }
}
