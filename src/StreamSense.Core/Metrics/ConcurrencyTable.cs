using System.Runtime.InteropServices;

namespace StreamSense.Core.Metrics;

/// <summary>The changes of the number of open plays of every group of a shard, by second: one bounded table for all.</summary>
/// <remarks>
/// The shard's thread only. When the table is full, seconds before the retention are condensed to the level and the peak that they led to;
/// until then a change may come for any second, in any order.
/// </remarks>
internal sealed class ConcurrencyTable(int maxPoints, long retentionSeconds)
{
    private const int InitialPoints = 4096;

    private readonly Dictionary<ulong, int> _changes = new(Math.Min(InitialPoints, maxPoints), SeededKeyComparer.Instance);
    private readonly List<ulong> _scratch = [];
    private readonly List<CondensedLevel> _condensed = [];
    private long _newest = long.MinValue;

    /// <summary>The seconds before this one are condensed.</summary>
    public long Horizon { get; private set; } = long.MinValue;

    public void Add(int group, long second, int change)
    {
        _newest = Math.Max(_newest, second);
        if (second < Horizon)
        {
            ChangeCondensed(group, change);
            return;
        }

        if (_changes.Count >= maxPoints && !_changes.ContainsKey(KeyOf(group, second)))
        {
            Condense(_newest - retentionSeconds);
            if (_changes.Count >= maxPoints)
            {
                Condense(_newest);
            }

            if (second < Horizon)
            {
                ChangeCondensed(group, change);
                return;
            }
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_changes, KeyOf(group, second), out _) += change;
    }

    /// <summary>A copy that a snapshot keeps.</summary>
    public ConcurrencyLeaf Copy(GroupTable groups)
    {
        var leaf = new ConcurrencyLeaf(Horizon);
        for (int group = 0; group < _condensed.Count; group++)
        {
            if (_condensed[group] != default)
            {
                leaf.SetCondensed(groups[group], _condensed[group]);
            }
        }

        foreach (KeyValuePair<ulong, int> change in _changes)
        {
            leaf.Add(groups[(int)(change.Key >> 32)], (uint)change.Key, change.Value);
        }

        return leaf;
    }

    // The order of the keys is that of the groups, and within a group that of the seconds.
    private static ulong KeyOf(int group, long second) => ((ulong)(uint)group << 32) | (uint)second;

    private void Condense(long horizon)
    {
        Horizon = Math.Max(Horizon, horizon);
        _scratch.Clear();
        foreach (ulong key in _changes.Keys)
        {
            if ((uint)key < Horizon)
            {
                _scratch.Add(key);
            }
        }

        _scratch.Sort();
        foreach (ulong key in _scratch)
        {
            _changes.Remove(key, out int change);
            ChangeCondensed((int)(key >> 32), change);
        }
    }

    private void ChangeCondensed(int group, int change)
    {
        while (_condensed.Count <= group)
        {
            _condensed.Add(default);
        }

        _condensed[group] = _condensed[group].Change(change);
    }
}
