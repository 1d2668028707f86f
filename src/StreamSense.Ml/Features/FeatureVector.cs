using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>Reads the features of a viewer and a number of titles into columns of numbers.</summary>
/// <remarks>
/// Columns lie one after another, each with one number a title, so that a ranker goes over a feature in one sweep. NaN says that a
/// feature is missing. Thread-safe; allocates nothing. The same memory and query give the same bits in any process of one platform,
/// wherever a title
/// stands: each number is computed by itself, not in blocks whose width depends on the processor.
/// </remarks>
/// <param name="store">What is remembered.</param>
/// <param name="catalogue">What is known of titles.</param>
public sealed class FeatureVector(FeatureStore store, Catalogue catalogue) : IFeatureReader
{
    private const double HoursPerMicrosecond = 1.0 / 3_600_000_000.0;

    private static readonly HalfLife Freshness = new(TimeSpan.FromDays(30));

    private readonly FeatureStore _store = store ?? throw new ArgumentNullException(nameof(store));
    private readonly Catalogue _catalogue = catalogue ?? throw new ArgumentNullException(nameof(catalogue));

    /// <summary>The columns that are filled; their meaning is told by <see cref="FeatureNames"/>.</summary>
    public static FeatureLayout Layout { get; } = new(
        new FeatureDefinition(FeatureNames.TitlePlays, FeatureScope.Title),
        new FeatureDefinition(FeatureNames.TitleWatch, FeatureScope.Title),
        new FeatureDefinition(FeatureNames.TitleFreshness, FeatureScope.Title),
        new FeatureDefinition(FeatureNames.ViewerRecency, FeatureScope.Viewer),
        new FeatureDefinition(FeatureNames.ViewerFrequency, FeatureScope.Viewer),
        new FeatureDefinition(FeatureNames.InProgress, FeatureScope.ViewerTitle),
        new FeatureDefinition(FeatureNames.HoursSinceWatched, FeatureScope.ViewerTitle),
        new FeatureDefinition(FeatureNames.Finished, FeatureScope.ViewerTitle));

    FeatureLayout IFeatureReader.Layout => Layout;

    /// <inheritdoc/>
    public long Position => _store.Position;

    /// <summary>Fills the columns.</summary>
    /// <param name="query">For whom and when.</param>
    /// <param name="titles">The titles, in the order of the rows.</param>
    /// <param name="columns">Room for <see cref="FeatureLayout.Count"/> columns of one number a title.</param>
    /// <exception cref="ArgumentException">There is not that much room.</exception>
    public void Fill(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns)
    {
        if (columns.Length < titles.Length * Layout.Count)
        {
            throw new ArgumentException($"{titles.Length} titles need room for {titles.Length * Layout.Count} numbers.", nameof(columns));
        }

        FillTitles(query, titles, columns);
        Span<float> viewerColumns = columns.Slice(3 * titles.Length, 5 * titles.Length);
        if (query.MayPersonalise && _store.TryRead(query.Viewer, out ViewerMemory viewer))
        {
            FillViewer(query, viewer, titles, viewerColumns);
        }
        else
        {
            viewerColumns.Fill(float.NaN);
        }
    }

    private static float Hours(EventTime from, EventTime now) =>
        (float)(Math.Max(0, now.UnixMicroseconds - from.UnixMicroseconds) * HoursPerMicrosecond);

    private static float Log(in DecayedSum sum, EventTime now, HalfLife halfLife) => (float)Math.Log(1 + sum.ValueAt(now, halfLife));

    private void FillTitles(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns)
    {
        int count = titles.Length;
        Span<float> plays = columns[..count];
        Span<float> watch = columns.Slice(count, count);
        Span<float> freshness = columns.Slice(2 * count, count);
        for (int i = 0; i < titles.Length; i++)
        {
            // A title of which nothing is remembered has not been played: that is a zero, not a gap.
            bool known = _store.TryRead(titles[i], out TitleMemory memory);
            plays[i] = known ? Log(memory.Plays, query.Time, _store.HalfLife) : 0;
            watch[i] = known ? Log(memory.WatchHours, query.Time, _store.HalfLife) : 0;
            freshness[i] = _catalogue.Find(titles[i])?.Published is { } published
                ? (float)Freshness.WeightAt(published, query.Time)
                : float.NaN;
        }
    }

    private void FillViewer(in FeatureQuery query, in ViewerMemory viewer, ReadOnlySpan<TitleId> titles, Span<float> columns)
    {
        int count = titles.Length;
        columns[..count].Fill(viewer.LastPlay == default ? float.NaN : Hours(viewer.LastPlay, query.Time));
        columns.Slice(count, count).Fill(Log(viewer.Plays, query.Time, _store.HalfLife));
        Span<float> inProgress = columns.Slice(2 * count, count);
        Span<float> hoursSince = columns.Slice(3 * count, count);
        Span<float> finished = columns.Slice(4 * count, count);
        inProgress.Clear();
        hoursSince.Fill(float.NaN);
        finished.Clear();

        // A viewer has few recent titles: finding each among the candidates is one sweep over their ids.
        foreach (ref readonly WatchedTitle watched in viewer.Recent)
        {
            int i = titles.IndexOf(watched.Title);
            if (i < 0)
            {
                continue;
            }

            CatalogueTitle? title = _catalogue.Find(watched.Title);
            inProgress[i] = _store.Rules.IsInProgress(watched, title) ? 1 : 0;
            hoursSince[i] = Hours(watched.LastWatched, query.Time);
            finished[i] = _store.Rules.IsEverFinished(watched, title) ? 1 : 0;
        }
    }
}
