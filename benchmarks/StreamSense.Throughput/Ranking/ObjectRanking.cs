using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Throughput.Ranking;

/// <summary>The baseline: objects, LINQ, a walk from node to node, and variety by sets of genres.</summary>
/// <remarks>It finds its features ready in a dictionary, where the recommender computes them; it writes and logs nothing.</remarks>
internal sealed class ObjectRanking
{
    private readonly Dictionary<TitleId, float[]> _features = [];
    private readonly List<CatalogueTitle> _titles = [];
    private readonly Node[] _roots;

    public ObjectRanking(TreeEnsemble ensemble, Catalogue catalogue, IFeatureReader reader, EventTime now)
    {
        _roots = [.. ensemble.Trees.Select(tree => NodeOf(tree, 0))];
        for (int i = 0; i < catalogue.Count; i++)
        {
            var features = new float[reader.Layout.Count];
            reader.Fill(new FeatureQuery(ViewerId.None, ConsentPurposes.All, now), [catalogue[i].Id], features);
            _features[catalogue[i].Id] = features;
            _titles.Add(catalogue[i]);
        }
    }

    public List<CatalogueTitle> Rank(int slots)
    {
        var scored = _titles
            .Select(title => (Title: title, Score: _roots.Sum(root => Walk(root, _features[title.Id])), Genres: title.Genres.ToHashSet()))
            .OrderByDescending(item => item.Score)
            .ThenBy(item => item.Title.Id.Value)
            .ToList();
        double lowest = scored[^1].Score;
        double range = scored[0].Score - lowest;
        var chosen = new List<(CatalogueTitle Title, double Score, HashSet<string> Genres)>();
        while (chosen.Count < slots)
        {
            var best = scored.MaxBy(item => (0.7 * (item.Score - lowest) / range)
                - (0.3 * chosen.Select(other => Likeness(item.Genres, other.Genres)).DefaultIfEmpty().Max()));
            chosen.Add(best);
            scored.Remove(best);
        }

        return chosen.ConvertAll(item => item.Title);
    }

    private static double Likeness(HashSet<string> left, HashSet<string> right)
    {
        int shared = left.Count(right.Contains);
        return (double)shared / (left.Count + right.Count - shared);
    }

    private static double Walk(Node node, float[] features)
    {
        while (node.Left is not null)
        {
            float value = features[node.Feature];
            node = (float.IsNaN(value) ? node.MissingLeft : value < node.Threshold) ? node.Left : node.Right!;
        }

        return node.Value;
    }

    private static Node NodeOf(DecisionTree tree, int child)
    {
        if (child < 0)
        {
            return new Node { Value = tree.Leaves[~child] };
        }

        TreeSplit split = tree.Splits[child];
        return new Node
        {
            Feature = split.Feature,
            Threshold = split.Threshold,
            MissingLeft = split.MissingLeft,
            Left = NodeOf(tree, split.Left),
            Right = NodeOf(tree, split.Right),
        };
    }

    private sealed class Node
    {
        public int Feature { get; init; }

        public float Threshold { get; init; }

        public bool MissingLeft { get; init; }

        public double Value { get; init; }

        public Node? Left { get; init; }

        public Node? Right { get; init; }
    }
}
