namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>The retention curves of a shard at one moment, or those of several merged.</summary>
internal sealed class RetentionPartial(EngagementOptions options)
{
    public EngagementOptions Options => options;

    public Dictionary<RetentionKey, RetentionCell> Cells { get; } = [];

    public RetentionMisses Misses { get; set; }

    /// <summary>Adds another part; associative and commutative, with an empty one as identity.</summary>
    public void Merge(RetentionPartial other)
    {
        RetentionMisses misses = Misses;
        misses.Add(other.Misses);
        Misses = misses;
        foreach (KeyValuePair<RetentionKey, RetentionCell> cell in other.Cells)
        {
            if (Cells.TryGetValue(cell.Key, out RetentionCell? own))
            {
                own.Add(cell.Value);
            }
            else
            {
                Cells.Add(cell.Key, cell.Value.Copy());
            }
        }
    }
}
