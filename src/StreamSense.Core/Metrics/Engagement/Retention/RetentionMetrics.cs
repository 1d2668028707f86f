using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>How titles kept their viewers.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record RetentionMetrics
{
    /// <summary>Of each title with views, those with most views first, then by name.</summary>
    public required IReadOnlyList<TitleRetention> Titles { get; init; }

    /// <summary>Views for whose title no curve was left.</summary>
    public long OverflowedViews { get; init; }

    /// <summary>Views of which it is not known what they played.</summary>
    public long ViewsWithoutRanges { get; init; }

    internal static RetentionMetrics Of(RetentionPartial partial, Vocabulary? vocabulary)
    {
        var cells = new Dictionary<ulong, List<KeyValuePair<RetentionKey, RetentionCell>>>();
        foreach (KeyValuePair<RetentionKey, RetentionCell> cell in partial.Cells)
        {
            if (cell.Value.Views <= 0)
            {
                continue;
            }

            if (!cells.TryGetValue(cell.Key.Title.Value, out List<KeyValuePair<RetentionKey, RetentionCell>>? edits))
            {
                edits = [];
                cells.Add(cell.Key.Title.Value, edits);
            }

            edits.Add(cell);
        }

        var titles = new List<TitleRetention>(cells.Count);
        foreach (List<KeyValuePair<RetentionKey, RetentionCell>> edits in cells.Values)
        {
            titles.Add(TitleOf(edits, partial.Options, vocabulary));
        }

        titles.Sort(static (a, b) =>
        {
            int order = b.Curve.Views.CompareTo(a.Curve.Views);
            return order != 0 ? order : string.CompareOrdinal(a.Title, b.Title);
        });
        RelativeRetention.Rank(titles, partial.Options);
        return new RetentionMetrics
        {
            Titles = titles,
            OverflowedViews = partial.Misses.WithoutRoom,
            ViewsWithoutRanges = partial.Misses.WithoutRanges,
        };
    }

    private static TitleRetention TitleOf(
        List<KeyValuePair<RetentionKey, RetentionCell>> cells, EngagementOptions options, Vocabulary? vocabulary)
    {
        var whole = new RetentionCell();
        var edits = new List<EditRetention>(cells.Count);
        foreach (KeyValuePair<RetentionKey, RetentionCell> cell in cells)
        {
            if (cells.Count > 1)
            {
                whole.Add(cell.Value);
            }

            edits.Add(new EditRetention(EditOf(cell.Key.Edit, vocabulary), RetentionCurve.Of(cell.Value)));
        }

        edits.Sort(static (a, b) =>
        {
            int order = b.Curve.Views.CompareTo(a.Curve.Views);
            return order != 0 ? order : string.CompareOrdinal(a.Edit, b.Edit);
        });
        RetentionCurve curve = edits.Count == 1 ? edits[0].Curve : RetentionCurve.Of(whole);
        return new TitleRetention
        {
            Title = EngagementMetrics.NameOf(cells[0].Key.Title, vocabulary)!,
            Curve = curve,
            Edits = edits,
            Drops = curve.TopDrops(options.TopDrops, options.MinimumDropSupport),
        };
    }

    private static string? EditOf(Symbol edit, Vocabulary? vocabulary) =>
        edit.Value == 0 ? null : vocabulary?.Terms.NameOf(edit) ?? edit.ToString();
}
