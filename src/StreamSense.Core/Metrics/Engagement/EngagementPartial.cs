using System.Runtime.InteropServices;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>What a shard's plays watched at one moment, or those of several shards merged.</summary>
/// <remarks>
/// Merging adds integers and keeps the pairs of viewer and title of each shard, whose union is taken when the metrics are worked out:
/// the result is the same in any order.
/// </remarks>
internal sealed class EngagementPartial(EngagementOptions options, EngagementThresholds? thresholds = null)
{
    public EngagementOptions Options => options;

    public EngagementThresholds Thresholds { get; } = thresholds ?? new EngagementThresholds();

    public Dictionary<ulong, EngagementSums> Titles { get; } = [];

    public List<ViewerTitleLeaf> Viewers { get; } = [];

    /// <summary>The plays of titles that found no room.</summary>
    public EngagementSums Other { get; set; }

    /// <summary>Adds another part; associative and commutative, with an empty one as identity.</summary>
    public void Merge(EngagementPartial other)
    {
        foreach (KeyValuePair<ulong, EngagementSums> title in other.Titles)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(Titles, title.Key, out _).Add(title.Value);
        }

        EngagementSums sum = Other;
        sum.Add(other.Other);
        Other = sum;
        Viewers.AddRange(other.Viewers);
    }

    /// <summary>The sums of all titles.</summary>
    public EngagementSums Total()
    {
        EngagementSums total = Other;
        foreach (EngagementSums title in Titles.Values)
        {
            total.Add(title);
        }

        return total;
    }
}
