using System.Runtime.InteropServices;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Takes the union of what viewers watched in all shards, and counts who completed what.</summary>
internal sealed class ViewerTitleUnion
{
    private readonly List<(long Position, int Change)> _borders = [];
    private readonly double _completionShare;

    private ViewerTitleUnion(double completionShare) => _completionShare = completionShare;

    /// <summary>By title.</summary>
    public Dictionary<ulong, ViewerCounts> Titles { get; } = [];

    /// <summary>Pairs whose content was lost, as it had too many borders.</summary>
    public long LostPairs { get; private set; }

    /// <summary>Plays that are in no pair.</summary>
    public ViewerTitleMisses Misses { get; private set; }

    public static ViewerTitleUnion Of(IReadOnlyList<ViewerTitleLeaf> leaves, double completionShare)
    {
        var union = new ViewerTitleUnion(completionShare);
        var rows = new List<(ViewerTitleKey Key, int Leaf, int Row)>();
        ViewerTitleMisses misses = default;
        for (int leaf = 0; leaf < leaves.Count; leaf++)
        {
            misses.Add(leaves[leaf].Misses);
            for (int row = 0; row < leaves[leaf].Keys.Length; row++)
            {
                if (leaves[leaf].Rows[row].Plays > 0)
                {
                    rows.Add((leaves[leaf].Keys[row], leaf, row));
                }
            }
        }

        union.Misses = misses;
        if (leaves.Count > 1)
        {
            rows.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        }

        Span<(ViewerTitleKey Key, int Leaf, int Row)> all = CollectionsMarshal.AsSpan(rows);
        int from = 0;
        while (from < all.Length)
        {
            int to = from + 1;
            while (to < all.Length && all[to].Key == all[from].Key)
            {
                to++;
            }

            union.CountPair(leaves, all[from..to]);
            from = to;
        }

        return union;
    }

    private void CountPair(IReadOnlyList<ViewerTitleLeaf> leaves, ReadOnlySpan<(ViewerTitleKey Key, int Leaf, int Row)> parts)
    {
        _borders.Clear();
        long plays = 0;
        long durations = 0;
        foreach ((_, int leaf, int index) in parts)
        {
            ref readonly ViewerTitleRow row = ref leaves[leaf].Rows[index];
            if (row.IsLost)
            {
                LostPairs++;
                return;
            }

            plays += row.Plays;
            durations += row.Durations;
            for (int at = row.FirstBorder; at >= 0; at = leaves[leaf].Borders[at].Next)
            {
                _borders.Add((leaves[leaf].Borders[at].Position, leaves[leaf].Borders[at].Change));
            }
        }

        // The length is the mean of those that the plays saw: cuts of different length belong to one title.
        bool isCompleted = (double)Covered() * plays >= durations * _completionShare;
        ref ViewerCounts counts = ref CollectionsMarshal.GetValueRefOrAddDefault(Titles, parts[0].Key.Title, out _);
        counts.Viewers++;
        counts.Completers += isCompleted ? 1 : 0;
    }

    private long Covered()
    {
        _borders.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        long covered = 0;
        int plays = 0;
        for (int i = 0; i < _borders.Count; i++)
        {
            if (plays > 0)
            {
                covered += _borders[i].Position - _borders[i - 1].Position;
            }

            plays += _borders[i].Change;
        }

        return covered;
    }
}
