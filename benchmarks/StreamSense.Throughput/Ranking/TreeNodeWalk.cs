using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Throughput.Ranking;

/// <summary>What one writes first: a loop from each root to a leaf, over nodes in one array.</summary>
public sealed class TreeNodeWalk
{
    private readonly Node[] _nodes;
    private readonly int[] _roots;
    private readonly float _baseScore;

    /// <summary>Lays the trees out.</summary>
    public TreeNodeWalk(TreeEnsemble ensemble)
    {
        var nodes = new List<Node>();
        _roots = [.. ensemble.Trees.Select(tree => Add(tree, tree.Splits.IsEmpty ? ~0 : 0, nodes))];
        _nodes = [.. nodes];
        _baseScore = (float)ensemble.BaseScore;
    }

    /// <summary>Scores rows that lie one after another.</summary>
    public void Score(ReadOnlySpan<float> rows, int features, Span<float> scores)
    {
        for (int row = 0; row < scores.Length; row++)
        {
            ReadOnlySpan<float> values = rows.Slice(row * features, features);
            float sum = _baseScore;
            foreach (int root in _roots)
            {
                int at = root;
                while (_nodes[at].Feature >= 0)
                {
                    ref readonly Node node = ref _nodes[at];
                    float value = values[node.Feature];
                    at = float.IsNaN(value) ? node.Missing : value < node.Threshold ? node.Left : node.Right;
                }

                sum += _nodes[at].Threshold;
            }

            scores[row] = sum;
        }
    }

    private static int Add(DecisionTree tree, int child, List<Node> nodes)
    {
        int place = nodes.Count;
        if (child < 0)
        {
            nodes.Add(new Node { Feature = -1, Threshold = (float)tree.Leaves[~child] });
            return place;
        }

        TreeSplit split = tree.Splits[child];
        nodes.Add(default);
        int left = Add(tree, split.Left, nodes);
        int right = Add(tree, split.Right, nodes);
        nodes[place] = new Node
        {
            Feature = split.Feature,
            Threshold = split.Threshold,
            Left = left,
            Right = right,
            Missing = split.MissingLeft ? left : right,
        };
        return place;
    }

    private struct Node
    {
        public int Feature;
        public float Threshold;
        public int Left;
        public int Right;
        public int Missing;
    }
}
