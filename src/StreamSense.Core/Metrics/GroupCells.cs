namespace StreamSense.Core.Metrics;

/// <summary>The cells of all time of a shard, by the number of their group.</summary>
/// <remarks>The shard's thread only. The runs of time that its windows hold are not in them.</remarks>
internal sealed class GroupCells
{
    private MetricCell[] _cells = [new MetricCell()];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; } = 1;

    public MetricCell this[int group] => _cells[group];

    /// <summary>Makes the cells of groups that are new.</summary>
    public void Grow(int groups)
    {
        if (groups > _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(groups, _cells.Length * 2));
        }

        while (Count < groups)
        {
            _cells[Count++] = new MetricCell();
        }
    }
}
