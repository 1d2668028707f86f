using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Reads the cells that a query needs and adds them up by its dimensions.</summary>
internal sealed class CubeScan
{
    private readonly Vocabulary _vocabulary;
    private readonly CubeQuery _query;
    private readonly CubeGrouping? _grouping;
    private readonly int[] _places;
    private readonly Dictionary<(CubeDimension Dimension, ulong Value), bool> _matches = [];
    private readonly Dictionary<(CubeKey Key, long Window), CubeAccumulator> _groups = [];

    /// <summary>Prepares a scan.</summary>
    /// <param name="vocabulary">The names.</param>
    /// <param name="query">The query.</param>
    /// <param name="grouping">The grouping to read; null for the whole.</param>
    public CubeScan(Vocabulary vocabulary, CubeQuery query, CubeGrouping? grouping)
    {
        _vocabulary = vocabulary;
        _query = query;
        _grouping = grouping;
        _places = new int[query.By.Count];
        for (int i = 0; i < _places.Length; i++)
        {
            _places[i] = grouping!.Ordered.IndexOf(query.By[i]);
        }
    }

    /// <summary>The groups, each in each window if the query asks for windows.</summary>
    public IReadOnlyDictionary<(CubeKey Key, long Window), CubeAccumulator> Groups => _groups;

    /// <summary>Adds the windows of one shard.</summary>
    /// <param name="root">Its cube.</param>
    /// <param name="segment">The number of the segment of the grouping.</param>
    public void Add(CubeRoot root, int segment)
    {
        CubeLevelNode level = root.Levels[(int)_query.Level];
        Windows.TumblingWindows windows = CubeLevels.WindowsOf(_query.Level);
        long first = _query.From is { } from ? windows.IndexOf(new EventTime(from.UnixMicroseconds - 1)) + 1 : long.MinValue;
        long last = _query.To is { } to ? windows.IndexOf(new EventTime(to.UnixMicroseconds - 1)) : long.MaxValue;
        foreach (CubeWindowNode? window in level.Ring)
        {
            if (window is not null && window.Index > level.Floor && window.Index >= first && window.Index <= last)
            {
                Add(window, segment);
            }
        }
    }

    private void Add(CubeWindowNode window, int segmentIndex)
    {
        CubeSegment segment = window.Segments[segmentIndex];
        for (int row = 0; row < segment.Count; row++)
        {
            CubePage page = segment.Pages[row >> CubePage.Shift];
            ref readonly CubeCell cell = ref page.Cells[row & CubePage.Mask];
            if (_query.Where.Count == 0 || Matches(cell.Key))
            {
                var id = (Project(cell.Key), _query.PerWindow ? window.Index : 0);
                ref CubeAccumulator? group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, id, out _);
                group ??= new CubeAccumulator(id.Item1);
                group.Add(cell.Sums, page.Startups[row & CubePage.Mask], window.Index);
            }
        }
    }

    private CubeKey Project(in CubeKey key)
    {
        var projected = default(CubeKey);
        for (int i = 0; i < _places.Length; i++)
        {
            projected = projected.With(i, key[_places[i]]);
        }

        return projected;
    }

    private bool Matches(in CubeKey key)
    {
        ReadOnlySpan<CubeDimension> dimensions = _grouping!.Ordered;
        for (int i = 0; i < dimensions.Length; i++)
        {
            if (!Matches(dimensions[i], key[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Matches(CubeDimension dimension, ulong value)
    {
        if (!_matches.TryGetValue((dimension, value), out bool matches))
        {
            string? name = CubeNames.ValueOf(_vocabulary, dimension, value).Name;
            bool isAsked = false;
            foreach (CubeFilter filter in _query.Where)
            {
                isAsked |= filter.Dimension == dimension;
                matches |= filter.Dimension == dimension && string.Equals(filter.Name, name, StringComparison.Ordinal);
            }

            matches |= !isAsked;
            _matches.Add((dimension, value), matches);
        }

        return matches;
    }
}
