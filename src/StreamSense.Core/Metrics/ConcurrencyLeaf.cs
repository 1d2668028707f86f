namespace StreamSense.Core.Metrics;

/// <summary>The difference arrays of one shard, as a snapshot holds them; written only while the snapshot is made.</summary>
internal sealed class ConcurrencyLeaf(long horizon)
{
    private readonly Dictionary<GroupKey, List<SecondChange>> _changes = [];
    private readonly Dictionary<GroupKey, CondensedLevel> _condensed = [];

    public long Horizon => horizon;

    public void SetCondensed(GroupKey group, CondensedLevel level) => _condensed[group] = level;

    public CondensedLevel CondensedOf(GroupKey group) => _condensed.GetValueOrDefault(group);

    public void Add(GroupKey group, long second, long change)
    {
        if (second < horizon)
        {
            _condensed[group] = CondensedOf(group).Change(change);
            return;
        }

        if (!_changes.TryGetValue(group, out List<SecondChange>? changes))
        {
            changes = [];
            _changes.Add(group, changes);
        }

        changes.Add(new SecondChange(second, change));
    }

    public IReadOnlyList<SecondChange> ChangesOf(GroupKey group) =>
        _changes.TryGetValue(group, out List<SecondChange>? changes) ? changes : [];
}
