using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Audience;
using StreamSense.Core.Metrics.Conversion;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Metrics.Engagement.Retention;
using StreamSense.Core.Metrics.Profiles;
using StreamSense.Core.Metrics.Requests;
using StreamSense.Core.Metrics.Samples;
using StreamSense.Core.Metrics.Social;
using StreamSense.Core.Metrics.Subscriptions;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Metrics;

/// <summary>The metrics of all shards at one moment.</summary>
/// <remarks>Immutable; safe on any thread. What is asked for is worked out when it is asked for.</remarks>
public sealed class MetricsSnapshot
{
    private readonly MetricsPartial _partial;
    private readonly Lock _curvesLock = new();
    private readonly Dictionary<GroupKey, ConcurrencyCurve> _curves = [];
    private readonly SectionMetrics _sections;
    private readonly Lazy<QualityMetrics> _totals;
    private readonly Lazy<IReadOnlyList<WindowMetrics>> _windows;

    private MetricsSnapshot(MetricsPartial partial, EventTime? now)
    {
        _partial = partial;
        var sections = new SectionMetrics(partial, now);
        _sections = sections;
        _totals = new Lazy<QualityMetrics>(() => MetricsOf(GroupKey.Whole));
        _windows = new Lazy<IReadOnlyList<WindowMetrics>>(MakeWindows);
    }

    /// <summary>The metrics of all views.</summary>
    public QualityMetrics Totals => _totals.Value;

    /// <summary>Views that are worth looking into, by what happened to them.</summary>
    public SampleMetrics Samples => _sections.Samples.Value;

    /// <summary>What ended plays watched, as a whole and by title.</summary>
    public EngagementMetrics Engagement => _sections.Engagement.Value;

    /// <summary>How much of each title was watched where, by its cuts.</summary>
    public RetentionMetrics Retention => _sections.Retention.Value;

    /// <summary>The same sessions in the words of others: CTA-2066, Mux, ExoPlayer, Conviva.</summary>
    public ProfileMetrics Profiles => _sections.Profiles.Value;

    /// <summary>Who was there, when, and who came back.</summary>
    public AudienceMetrics Audience => _sections.Audience.Value;

    /// <summary>From what was shown to what was played.</summary>
    public ConversionMetrics Conversion => _sections.Conversion.Value;

    /// <summary>What the requests for media tell of delivery.</summary>
    public RequestMetrics Requests => _sections.Requests.Value;

    /// <summary>What is said on social networks.</summary>
    public SocialMetrics Social => _sections.Social.Value;

    /// <summary>From trials to payments, and away.</summary>
    public SubscriptionMetrics Subscriptions => _sections.Subscriptions.Value;

    /// <summary>The windows that are kept and in which something happened, the oldest first.</summary>
    public IReadOnlyList<WindowMetrics> Windows => _windows.Value;

    /// <summary>The metrics of several shards together.</summary>
    /// <param name="partials">What each shard has; none gives empty metrics.</param>
    /// <param name="now">What "now" is to open trials and to velocities: the live clock; null for the time of the last event.</param>
    /// <returns>Their sum; the same in whatever order they come.</returns>
    /// <exception cref="ArgumentException">The parts do not share a vocabulary, or cut time into different windows.</exception>
    public static MetricsSnapshot Merge(IEnumerable<MetricsPartial> partials, EventTime? now = null) =>
        new(MetricsPartial.Merge(partials), now);

    /// <summary>
    /// The metrics of each value of a dimension, those with most attempts first, then by name; the unknown value before the
    /// names.
    /// </summary>
    /// <param name="dimension">The dimension; <see cref="MetricsDimension.None"/> gives an empty list.</param>
    public IReadOnlyList<GroupMetrics> By(MetricsDimension dimension) =>
        Groups(_partial.Cells, dimension, static (snapshot, _, key) => snapshot.CurveOf(key).Peak, window: 0);

    internal IReadOnlyList<GroupMetrics> GroupsOfWindow(long window, MetricsDimension dimension) =>
        Groups(_partial.WindowedCells[window], dimension, static (snapshot, index, key) => snapshot.PeakIn(index, key), window);

    private IReadOnlyList<GroupMetrics> Groups(
        IReadOnlyDictionary<GroupKey, MetricCell> cells,
        MetricsDimension dimension,
        Func<MetricsSnapshot, long, GroupKey, long> peakOf,
        long window)
    {
        var groups = new List<GroupMetrics>();
        if (dimension == MetricsDimension.None || _partial.Vocabulary is not { } vocabulary)
        {
            return groups;
        }

        foreach (KeyValuePair<GroupKey, MetricCell> cell in cells)
        {
            if (cell.Key.Dimension == dimension)
            {
                groups.Add(new GroupMetrics(cell.Key.NameIn(vocabulary), QualityMetrics.Of(cell.Value, peakOf(this, window, cell.Key))));
            }
        }

        groups.Sort(static (a, b) =>
        {
            int order = b.Metrics.Attempts.CompareTo(a.Metrics.Attempts);
            return order != 0 ? order : string.CompareOrdinal(a.Key, b.Key);
        });
        return groups;
    }

    private QualityMetrics MetricsOf(GroupKey group) =>
        QualityMetrics.Of(_partial.Cells.GetValueOrDefault(group), CurveOf(group).Peak);

    private List<WindowMetrics> MakeWindows()
    {
        var list = new List<WindowMetrics>();
        if (_partial.Windows is not { } windows)
        {
            return list;
        }

        long newest = long.MinValue;
        foreach (long window in _partial.WindowedCells.Keys)
        {
            newest = Math.Max(newest, window);
        }

        foreach (KeyValuePair<long, Dictionary<GroupKey, MetricCell>> window in _partial.WindowedCells)
        {
            if (window.Key > newest - _partial.WindowCount)
            {
                QualityMetrics totals =
                    QualityMetrics.Of(window.Value.GetValueOrDefault(GroupKey.Whole), PeakIn(window.Key, GroupKey.Whole));
                list.Add(new WindowMetrics(this, window.Key, windows.StartOf(window.Key), windows.EndOf(window.Key), totals));
            }
        }

        return list;
    }

    private long PeakIn(long window, GroupKey group)
    {
        TumblingWindows windows = _partial.Windows!.Value;
        long end = windows.EndOf(window).UnixMicroseconds - 1;
        return CurveOf(group).PeakBetween(
            MetricsRecorder.SecondOf(windows.StartOf(window)),
            MetricsRecorder.SecondOf(new EventTime(end)) + 1);
    }

    private ConcurrencyCurve CurveOf(GroupKey group)
    {
        lock (_curvesLock)
        {
            if (!_curves.TryGetValue(group, out ConcurrencyCurve? curve))
            {
                curve = new ConcurrencyCurve(_partial.Concurrency, group);
                _curves.Add(group, curve);
            }

            return curve;
        }
    }
}
