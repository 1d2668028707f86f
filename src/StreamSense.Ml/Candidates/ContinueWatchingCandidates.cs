using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>Proposes what the viewer has begun and not finished, the latest first.</summary>
/// <remarks>Nothing for a viewer who is not known or does not allow personalisation. Live streams are not continued.</remarks>
/// <param name="store">What is remembered of viewers.</param>
/// <param name="catalogue">What is known of titles; one that is not in it or not available is not proposed.</param>
public sealed class ContinueWatchingCandidates(FeatureStore store, Catalogue catalogue) : ICandidateSource
{
    private readonly FeatureStore _store = store ?? throw new ArgumentNullException(nameof(store));
    private readonly Catalogue _catalogue = catalogue ?? throw new ArgumentNullException(nameof(catalogue));

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        if (!request.Features.MayPersonalise || !_store.TryRead(request.Features.Viewer, out ViewerMemory viewer))
        {
            return 0;
        }

        Span<WatchedTitle> begun = stackalloc WatchedTitle[RecentTitles.Capacity];
        int count = 0;
        foreach (ref readonly WatchedTitle watched in viewer.Recent)
        {
            CatalogueTitle? title = _catalogue.Find(watched.Title);
            if (title is not null && title.IsAvailable(request.Features.Time, request.Country) && _store.Rules.IsInProgress(watched, title))
            {
                InsertLatestFirst(begun, count++, watched);
            }
        }

        count = Math.Min(count, destination.Length);
        for (int i = 0; i < count; i++)
        {
            destination[i] = begun[i].Title;
        }

        return count;
    }

    private static void InsertLatestFirst(Span<WatchedTitle> sorted, int count, in WatchedTitle watched)
    {
        int place = count;
        while (place > 0 && IsBefore(watched, sorted[place - 1]))
        {
            sorted[place] = sorted[place - 1];
            place--;
        }

        sorted[place] = watched;
    }

    private static bool IsBefore(in WatchedTitle left, in WatchedTitle right) => left.LastWatched != right.LastWatched
        ? left.LastWatched > right.LastWatched
        : left.Title.Value < right.Title.Value;
}
