using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>What ended plays watched, as a whole and by title.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record EngagementMetrics
{
    /// <summary>Of all titles.</summary>
    public required EngagementFigures Totals { get; init; }

    /// <summary>Of each title, those with most plays first, then by name.</summary>
    public required IReadOnlyList<TitleEngagement> Titles { get; init; }

    /// <summary>Of the titles that found no room; null where there were none. Their viewers are not told.</summary>
    public EngagementFigures? Other { get; init; }

    /// <summary>Completable plays without a viewer: they are in no viewer's union.</summary>
    public long PlaysWithoutViewer { get; init; }

    /// <summary>
    /// Completable plays that are in no viewer's union: what they played was not kept, or there was no room for the pair.
    /// </summary>
    public long MissedViewerPlays { get; init; }

    /// <summary>Pairs of viewer and title that were left out as the viewer jumped too often.</summary>
    public long LostViewerTitles { get; init; }

    internal static EngagementMetrics Of(EngagementPartial partial, Vocabulary? vocabulary)
    {
        ViewerTitleUnion union = ViewerTitleUnion.Of(partial.Viewers, partial.Thresholds.CompletionShare);
        ViewerCounts viewers = default;
        foreach (ViewerCounts title in union.Titles.Values)
        {
            viewers.Add(title);
        }

        var titles = new List<TitleEngagement>(partial.Titles.Count);
        foreach (KeyValuePair<ulong, EngagementSums> title in partial.Titles)
        {
            if (title.Value.Plays > 0)
            {
                titles.Add(new TitleEngagement(
                    NameOf(new TitleId(title.Key), vocabulary),
                    EngagementFigures.Of(title.Value, union.Titles.GetValueOrDefault(title.Key), partial.Options)));
            }
        }

        titles.Sort(static (a, b) =>
        {
            int order = b.Figures.EndedPlays.CompareTo(a.Figures.EndedPlays);
            return order != 0 ? order : string.CompareOrdinal(a.Title, b.Title);
        });
        return new EngagementMetrics
        {
            Totals = EngagementFigures.Of(partial.Total(), viewers, partial.Options),
            Titles = titles,
            Other = partial.Other.Plays > 0 ? EngagementFigures.Of(partial.Other, default, partial.Options) : null,
            PlaysWithoutViewer = union.Misses.WithoutViewer,
            MissedViewerPlays = union.Misses.WithoutRanges + union.Misses.WithoutRoom,
            LostViewerTitles = union.LostPairs,
        };
    }

    internal static string? NameOf(TitleId title, Vocabulary? vocabulary) =>
        title.IsNone ? null : vocabulary?.Titles.NameOf(title) ?? title.ToString();
}
