using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Metrics;

/// <summary>The sums of one shard at one moment, or of several merged: what a <see cref="MetricsSnapshot"/> is worked out from.</summary>
/// <remarks>
/// Immutable once it is handed out; safe on any thread. Merging adds integers, so that it gives the same bits in any order.
/// </remarks>
public sealed class MetricsPartial
{
    private readonly Dictionary<GroupKey, MetricCell> _cells = [];
    private readonly SortedDictionary<long, Dictionary<GroupKey, MetricCell>> _windowCells = [];
    private readonly List<ConcurrencyLeaf> _concurrency = [];

    internal MetricsPartial(Vocabulary? vocabulary, TumblingWindows? windows, int windowCount, ConcurrencyLeaf? concurrency)
    {
        Vocabulary = vocabulary;
        Windows = windows;
        WindowCount = windowCount;
        if (concurrency is not null)
        {
            _concurrency.Add(concurrency);
        }
    }

    internal Vocabulary? Vocabulary { get; private set; }

    internal TumblingWindows? Windows { get; private set; }

    internal int WindowCount { get; private set; }

    internal SectionsPartial? Sections { get; set; }

    internal MetricsOptions? Options { get; set; }

    internal IReadOnlyDictionary<GroupKey, MetricCell> Cells => _cells;

    internal IReadOnlyDictionary<long, Dictionary<GroupKey, MetricCell>> WindowedCells => _windowCells;

    internal IReadOnlyList<ConcurrencyLeaf> Concurrency => _concurrency;

    /// <summary>Adds up the sums of several shards.</summary>
    /// <param name="partials">Parts that share a vocabulary and the length of their windows; unchanged.</param>
    /// <returns>Their sum.</returns>
    /// <exception cref="ArgumentException">The parts do not share a vocabulary, or cut time into different windows.</exception>
    public static MetricsPartial Merge(IEnumerable<MetricsPartial> partials)
    {
        var sum = new MetricsPartial(vocabulary: null, windows: null, windowCount: 0, concurrency: null);
        foreach (MetricsPartial partial in partials)
        {
            sum.Add(partial);
        }

        return sum;
    }

    internal MetricCell CellOf(GroupKey group) => CellOf(_cells, group);

    internal MetricCell CellOf(long window, GroupKey group)
    {
        if (!_windowCells.TryGetValue(window, out Dictionary<GroupKey, MetricCell>? cells))
        {
            cells = [];
            _windowCells.Add(window, cells);
        }

        return CellOf(cells, group);
    }

    private static MetricCell CellOf(Dictionary<GroupKey, MetricCell> cells, GroupKey group)
    {
        if (!cells.TryGetValue(group, out MetricCell? cell))
        {
            cell = new MetricCell();
            cells.Add(group, cell);
        }

        return cell;
    }

    private void Add(MetricsPartial other)
    {
        if ((Vocabulary is not null && other.Vocabulary is not null && Vocabulary != other.Vocabulary)
            || (Windows is not null && other.Windows is not null && Windows != other.Windows))
        {
            throw new ArgumentException("Metrics of different vocabularies or window lengths cannot be merged.", nameof(other));
        }

        Vocabulary ??= other.Vocabulary;
        Windows ??= other.Windows;
        WindowCount = Math.Max(WindowCount, other.WindowCount);
        Options ??= other.Options;
        Sections = Sections is null ? other.Sections : other.Sections is null ? Sections : Sections.Merge(other.Sections);
        _concurrency.AddRange(other._concurrency);
        foreach (KeyValuePair<GroupKey, MetricCell> cell in other._cells)
        {
            CellOf(cell.Key).Merge(cell.Value);
        }

        foreach (KeyValuePair<long, Dictionary<GroupKey, MetricCell>> window in other._windowCells)
        {
            foreach (KeyValuePair<GroupKey, MetricCell> cell in window.Value)
            {
                CellOf(window.Key, cell.Key).Merge(cell.Value);
            }
        }
    }
}
