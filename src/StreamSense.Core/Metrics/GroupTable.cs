using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>
/// Numbers the groups of a shard: the whole is 0, then each value of each dimension in the order in which it was first
/// seen.
/// </summary>
/// <remarks>The shard's thread only. A value keeps its number; beyond the bound of a dimension all new values share one.</remarks>
internal sealed class GroupTable(int maxValues)
{
    private const int Unnumbered = 0;

    private readonly List<GroupKey> _keys = [GroupKey.Whole];
    private readonly Dictionary<ulong, int> _titles = new(SeededKeyComparer.Instance);
    private readonly int[] _overflowGroups = new int[5];
    private readonly int[] _values = new int[5];
    private int[] _cdns = new int[64];
    private int[] _countries = new int[64];
    private int[] _deviceKinds = new int[64];
    private ViewDimensions _lastDimensions;
    private ViewGroups _lastGroups;

    public int Count => _keys.Count;

    /// <summary>How often a value found its dimension full.</summary>
    public long Overflowed { get; private set; }

    public GroupKey this[int group] => _keys[group];

    /// <summary>The groups of a view; events come in runs, so the last answer is kept.</summary>
    public ViewGroups Resolve(in ViewDimensions dimensions)
    {
        if (_lastGroups.Title == Unnumbered || dimensions != _lastDimensions)
        {
            _lastDimensions = dimensions;
            _lastGroups = new ViewGroups(
                OfTitle(dimensions.Title),
                Of(MetricsDimension.Cdn, ref _cdns, dimensions.Cdn),
                Of(MetricsDimension.Country, ref _countries, dimensions.Country),
                Of(MetricsDimension.DeviceKind, ref _deviceKinds, dimensions.DeviceKind));
        }

        return _lastGroups;
    }

    private int OfTitle(TitleId title)
    {
        if (_titles.TryGetValue(title.Value, out int group))
        {
            return group;
        }

        group = Add(MetricsDimension.Title, title.Value, out bool own);
        if (own)
        {
            _titles.Add(title.Value, group);
        }

        return group;
    }

    private int Of(MetricsDimension dimension, ref int[] groups, Symbol symbol)
    {
        if (symbol.Value >= groups.Length)
        {
            Array.Resize(ref groups, Math.Max(symbol.Value + 1, groups.Length * 2));
        }

        int group = groups[symbol.Value];
        if (group == Unnumbered)
        {
            group = Add(dimension, symbol.Value, out bool own);
            groups[symbol.Value] = own ? group : Unnumbered;
        }

        return group;
    }

    private int Add(MetricsDimension dimension, ulong value, out bool own)
    {
        own = _values[(int)dimension] < maxValues;
        if (own)
        {
            _values[(int)dimension]++;
            _keys.Add(new GroupKey(dimension, value));
            return _keys.Count - 1;
        }

        Overflowed++;
        ref int overflow = ref _overflowGroups[(int)dimension];
        if (overflow == Unnumbered)
        {
            _keys.Add(new GroupKey(dimension, 0, IsOverflow: true));
            overflow = _keys.Count - 1;
        }

        return overflow;
    }
}
