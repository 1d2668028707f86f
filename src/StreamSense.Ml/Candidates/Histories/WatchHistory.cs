using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>What a viewer watched last, from the <see cref="FeatureStore"/>.</summary>
/// <remarks>A title watched to its end weighs 1, any other a half.</remarks>
/// <param name="store">What is remembered of viewers.</param>
/// <param name="catalogue">Knows how long titles are.</param>
public sealed class WatchHistory(FeatureStore store, Catalogue catalogue) : IViewerHistory
{
    private const float BegunWeight = 0.5f;

    private readonly FeatureStore _store = store ?? throw new ArgumentNullException(nameof(store));
    private readonly Catalogue _catalogue = catalogue ?? throw new ArgumentNullException(nameof(catalogue));

    /// <inheritdoc/>
    public int Capacity => RecentTitles.Capacity;

    /// <inheritdoc/>
    public int Read(ViewerId viewer, Span<HistoryEntry> destination)
    {
        if (viewer.IsNone || !_store.TryRead(viewer, out ViewerMemory memory))
        {
            return 0;
        }

        int count = 0;
        foreach (ref readonly WatchedTitle watched in memory.Recent)
        {
            bool finished = _store.Rules.IsEverFinished(watched, _catalogue.Find(watched.Title));
            count = LatestFirst.Insert(
                destination, count, new HistoryEntry(watched.Title, watched.LastWatched, finished ? 1 : BegunWeight));
        }

        return count;
    }
}
