using System.Buffers;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Says what each feature adds to the sum of a row: Shapley values over the ways that the training rows took.</summary>
/// <remarks>
/// Algorithm 2 of Lundberg et al., Consistent Individualized Feature Attribution for Tree Ensembles (2018): exact for the expectation in
/// which a feature that is not known sends a row both ways, in the proportion of <see cref="DecisionTree.LeafCovers"/>; without them every
/// leaf counts the same. A tree deeper than 64 is attributed along the row's path instead. Immutable and safe for many threads.
/// </remarks>
internal sealed class TreeAttribution
{
    private const int DeepestShapley = 64;

    private readonly TreeEnsemble _ensemble;
    private readonly double[][] _covers;
    private readonly double[][] _expected;
    private readonly int[] _depths;

    /// <summary>Weighs the nodes of an ensemble.</summary>
    public TreeAttribution(TreeEnsemble ensemble)
    {
        _ensemble = ensemble;
        int count = ensemble.Trees.Length;
        _covers = new double[count][];
        _expected = new double[count][];
        _depths = new int[count];
        Expected = ensemble.BaseScore;
        for (int i = 0; i < count; i++)
        {
            (_covers[i], _expected[i], _depths[i]) = Weigh(ensemble.Trees[i]);
            Expected += _expected[i][0];
        }
    }

    /// <summary>The sum of a row of which nothing is known.</summary>
    public double Expected { get; }

    /// <summary>Attributes the sum of a row.</summary>
    /// <param name="rows">The rows, with the features of the ensemble where <paramref name="sources"/> says.</param>
    /// <param name="row">Which row.</param>
    /// <param name="sources">Where each feature of the ensemble lies in a row.</param>
    /// <param name="contributions">One number a feature of the rows, to which is added.</param>
    public void Explain(in TreeRows rows, int row, ReadOnlySpan<int> sources, Span<double> contributions)
    {
        TreePathEntry[] room = ArrayPool<TreePathEntry>.Shared.Rent((DeepestShapley + 2) * (DeepestShapley + 3) / 2);
        for (int i = 0; i < _depths.Length; i++)
        {
            var walk = new Walk
            {
                Tree = _ensemble.Trees[i],
                Covers = _covers[i],
                Rows = rows,
                Row = row,
                Sources = sources,
                Contributions = contributions,
            };
            if (_depths[i] <= DeepestShapley)
            {
                walk.Visit(_depths[i] == 0 ? ~0 : 0, room, new TreePathEntry { Feature = -1, Unknown = 1, Known = 1 }, known: 0);
            }
            else
            {
                walk.Follow(_expected[i]);
            }
        }

        ArrayPool<TreePathEntry>.Shared.Return(room);
    }

    // Nodes are numbered with the splits first and the leaves behind them.
    private static (double[] Covers, double[] Expected, int Depth) Weigh(DecisionTree tree)
    {
        int splits = tree.Splits.Length;
        var covers = new double[splits + tree.Leaves.Length];
        var expected = new double[covers.Length];
        double total = tree.LeafCovers.IsDefaultOrEmpty ? 0 : tree.LeafCovers.Sum();
        for (int leaf = 0; leaf < tree.Leaves.Length; leaf++)
        {
            // No leaf without any weight: a share of nothing is no number.
            covers[splits + leaf] = total > 0 ? Math.Max(tree.LeafCovers[leaf], total * 1e-12) : 1;
            expected[splits + leaf] = tree.Leaves[leaf];
        }

        var heights = new int[covers.Length];
        for (int i = splits - 1; i >= 0; i--)
        {
            int left = PlaceOf(tree, tree.Splits[i].Left);
            int right = PlaceOf(tree, tree.Splits[i].Right);
            covers[i] = covers[left] + covers[right];
            expected[i] = ((covers[left] * expected[left]) + (covers[right] * expected[right])) / covers[i];
            heights[i] = Math.Max(heights[left], heights[right]) + 1;
        }

        return (covers, expected, heights[0]);
    }

    private static int PlaceOf(DecisionTree tree, int child) => child >= 0 ? child : tree.Splits.Length + ~child;

    private ref struct Walk
    {
        public required DecisionTree Tree;
        public required double[] Covers;
        public required TreeRows Rows;
        public required int Row;
        public required ReadOnlySpan<int> Sources;
        public required Span<double> Contributions;

        // The path of the caller is copied, because the other child needs it as it was.
        public void Visit(int node, Span<TreePathEntry> path, TreePathEntry entry, int known)
        {
            Extend(path, known, entry);
            if (node < 0)
            {
                for (int i = 1; i <= known; i++)
                {
                    ref readonly TreePathEntry on = ref path[i];
                    Contributions[Sources[on.Feature]] += UnwoundSum(path, known, i) * (on.Known - on.Unknown) * Tree.Leaves[~node];
                }

                return;
            }

            ref readonly TreeSplit split = ref Tree.Splits.ItemRef(node);
            bool left = TreeTraversal.GoesLeft(Tree, split, Rows[Row, Sources[split.Feature]]);
            int hot = left ? split.Left : split.Right;
            int cold = left ? split.Right : split.Left;
            var before = new TreePathEntry { Feature = split.Feature, Unknown = 1, Known = 1 };
            for (int i = 1; i <= known; i++)
            {
                if (path[i].Feature == split.Feature)
                {
                    before = path[i];
                    Unwind(path, known, i);
                    known--;
                    break;
                }
            }

            Span<TreePathEntry> next = path[(known + 1)..];
            double cover = Covers[node];
            path[..(known + 1)].CopyTo(next);
            before.Weight = 0;
            double unknown = before.Unknown;
            before.Unknown = unknown * Covers[PlaceOf(Tree, hot)] / cover;
            Visit(hot, next, before, known + 1);
            path[..(known + 1)].CopyTo(next);
            before.Unknown = unknown * Covers[PlaceOf(Tree, cold)] / cover;
            before.Known = 0;
            Visit(cold, next, before, known + 1);
        }

        public readonly void Follow(double[] expected)
        {
            for (int node = 0; node >= 0;)
            {
                ref readonly TreeSplit split = ref Tree.Splits.ItemRef(node);
                int next = TreeTraversal.GoesLeft(Tree, split, Rows[Row, Sources[split.Feature]]) ? split.Left : split.Right;
                Contributions[Sources[split.Feature]] += expected[PlaceOf(Tree, next)] - expected[node];
                node = next;
            }
        }

        private static void Extend(Span<TreePathEntry> path, int known, TreePathEntry entry)
        {
            entry.Weight = known == 0 ? 1 : 0;
            path[known] = entry;
            for (int i = known - 1; i >= 0; i--)
            {
                path[i + 1].Weight += entry.Known * path[i].Weight * (i + 1) / (known + 1);
                path[i].Weight = entry.Unknown * path[i].Weight * (known - i) / (known + 1);
            }
        }

        private static void Unwind(Span<TreePathEntry> path, int known, int index)
        {
            (double one, double zero) = (path[index].Known, path[index].Unknown);
            double next = path[known].Weight;
            for (int i = known - 1; i >= 0; i--)
            {
                if (one != 0)
                {
                    double weight = path[i].Weight;
                    path[i].Weight = next * (known + 1) / ((i + 1) * one);
                    next = weight - (path[i].Weight * zero * (known - i) / (known + 1));
                }
                else
                {
                    path[i].Weight = path[i].Weight * (known + 1) / (zero * (known - i));
                }
            }

            for (int i = index; i < known; i++)
            {
                double weight = path[i].Weight;
                path[i] = path[i + 1];
                path[i].Weight = weight;
            }
        }

        private static double UnwoundSum(ReadOnlySpan<TreePathEntry> path, int known, int index)
        {
            (double one, double zero) = (path[index].Known, path[index].Unknown);
            double next = path[known].Weight;
            double total = 0;
            for (int i = known - 1; i >= 0; i--)
            {
                if (one != 0)
                {
                    double weight = next * (known + 1) / ((i + 1) * one);
                    total += weight;
                    next = path[i].Weight - (weight * zero * (known - i) / (known + 1));
                }
                else
                {
                    total += path[i].Weight * (known + 1) / (zero * (known - i));
                }
            }

            return total;
        }
    }
}
