using System.Runtime.InteropServices;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Makes a <see cref="TreeProgram"/> of an ensemble.</summary>
/// <remarks>
/// A block compares all splits of a tree with the bins of its rows and picks the exit leaf from the bottom up (after QuickScorer, Lucchese
/// et al., SIGIR 2015, and RapidScorer, Ye et al., KDD 2018, with bytes as leaf numbers in the place of masks of leaves).
/// </remarks>
internal sealed class TreeCompiler
{
    /// <summary>The deepest tree that is filled up.</summary>
    public const int DeepestComplete = 6;

    /// <summary>A filled-up tree has at least the depth of the part that is computed in registers.</summary>
    public const int ShallowestComplete = 3;

    private const int MostStackLeaves = 256;

    // Costs in cycles, as measured; only their proportions matter.
    private const double CompleteNodeCost = 1.4;
    private const double StackNodeCost = 4;
    private const double BlockCost = 25;
    private const double WalkStepCost = 2;

    private readonly TreeEnsemble _ensemble;
    private readonly int _width;
    private readonly BinPlan _bins;
    private readonly List<TreeStep> _steps = [];
    private readonly List<BlockNode> _complete = [];
    private readonly List<StackNode> _stack = [];
    private readonly List<double> _leaves = [];
    private readonly List<WalkNode> _walk = [];
    private readonly List<double> _walkLeaves = [];
    private readonly int _leafNumbers;
    private int _slots = 1 << (DeepestComplete - ShallowestComplete);
    private double _blockCost;
    private double _walkCost;

    private TreeCompiler(TreeEnsemble ensemble, ReadOnlySpan<int> sources, TreeWidth width)
    {
        _ensemble = ensemble;
        _width = (int)width;
        _bins = new BinPlan(ensemble, sources);
        foreach (DecisionTree tree in ensemble.Trees)
        {
            if (FormOf(tree, out _) == TreeForm.Stack)
            {
                _leafNumbers = Math.Max(_leafNumbers, tree.Leaves.Length);
            }
        }
    }

    /// <summary>Makes the program.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <param name="sources">Where each feature of the ensemble lies in the rows.</param>
    /// <param name="width">How many rows a block has.</param>
    public static TreeProgram Compile(TreeEnsemble ensemble, ReadOnlySpan<int> sources, TreeWidth width) =>
        new TreeCompiler(ensemble, sources, width).Compile();

    private TreeProgram Compile()
    {
        foreach (DecisionTree tree in _ensemble.Trees)
        {
            Add(tree);
        }

        bool isSingle = _ensemble.Arithmetic == TreeArithmetic.Single;
        double fewest = _walkCost > 0 ? Math.Ceiling(_blockCost / _walkCost) : 1;
        return new TreeProgram
        {
            FewestInBlock = (int)Math.Clamp(fewest, 2, _width),
            Width = (TreeWidth)_width,
            Bins = _bins,
            Steps = [.. _steps],
            Complete = [.. _complete],
            Stack = [.. _stack],
            SingleLeaves = isSingle ? [.. _leaves.Select(leaf => (float)leaf)] : [],
            DoubleLeaves = isSingle ? [] : [.. _leaves],
            Walk = [.. _walk],
            WalkLeaves = isSingle ? [.. _walkLeaves.Select(leaf => (double)(float)leaf)] : [.. _walkLeaves],
            LeafNumbers = _leafNumbers,
            Values = _leafNumbers + _slots,
        };
    }

    private void Add(DecisionTree tree)
    {
        TreeForm form = FormOf(tree, out int depth);
        int firstLeaf = _leaves.Count;
        int walkRoot = AddWalk(tree);
        _walkCost += depth * WalkStepCost;
        switch (form)
        {
            case TreeForm.Constant:
                _leaves.Add(tree.Leaves[0]);
                _steps.Add(new TreeStep(form, 0, 0, 0, firstLeaf, 1, walkRoot));
                break;
            case TreeForm.Complete:
                depth = Math.Max(depth, ShallowestComplete);
                int first = _complete.Count;
                AddComplete(tree, depth);
                _steps.Add(new TreeStep(form, depth, first, _complete.Count - first, firstLeaf, 1 << depth, walkRoot));
                _blockCost += BlockCost + ((_complete.Count - first) * CompleteNodeCost);
                break;
            case TreeForm.Stack:
                int start = _stack.Count;
                AddStack(tree, node: 0, slot: 0, firstLeaf);
                _steps.Add(new TreeStep(form, depth, start, _stack.Count - start, firstLeaf, tree.Leaves.Length, walkRoot));
                _blockCost += BlockCost + (tree.Splits.Length * StackNodeCost);
                break;
            default:
                _steps.Add(new TreeStep(form, depth, 0, 0, 0, 0, walkRoot));
                _blockCost += depth * WalkStepCost * _width;
                break;
        }

        // Whole vectors of leaves are read.
        while (_leaves.Count % FeatureThresholds.Segment != 0)
        {
            _leaves.Add(0);
        }
    }

    private TreeForm FormOf(DecisionTree tree, out int depth)
    {
        int splits = tree.Splits.Length;
        depth = DepthOf(tree, out double meanDepth);
        if (splits == 0)
        {
            return TreeForm.Constant;
        }

        int filled = (1 << Math.Clamp(depth, ShallowestComplete, DeepestComplete)) - 1;
        double complete = depth <= DeepestComplete ? filled * CompleteNodeCost : double.MaxValue;
        double stack = splits < MostStackLeaves ? splits * StackNodeCost : double.MaxValue;
        double walk = _width * meanDepth * WalkStepCost;
        return complete <= stack && complete <= walk ? TreeForm.Complete : stack <= walk ? TreeForm.Stack : TreeForm.Walk;
    }

    // A child comes after its parent, so that one pass down is enough.
    private static int DepthOf(DecisionTree tree, out double mean)
    {
        var depths = new int[tree.Splits.Length];
        int deepest = 0;
        double sum = 0;
        for (int i = 0; i < depths.Length; i++)
        {
            deepest = Math.Max(deepest, depths[i] + 1);
            foreach (int child in (ReadOnlySpan<int>)[tree.Splits[i].Left, tree.Splits[i].Right])
            {
                if (child >= 0)
                {
                    depths[child] = depths[i] + 1;
                }
                else
                {
                    sum += depths[i] + 1;
                }
            }
        }

        mean = sum / tree.Leaves.Length;
        return deepest;
    }

    private BlockNode NodeOf(DecisionTree tree, in TreeSplit split)
    {
        (int column, sbyte threshold) = _bins.Find(tree, split);
        return new BlockNode(column * _width, BlockNode.Repeat(threshold));
    }

    // As in a heap: the children of the split at place p are at 2p and 2p + 1, and the root at 1.
    private void AddComplete(DecisionTree tree, int depth)
    {
        var heap = new BlockNode[1 << depth];
        heap.AsSpan().Fill(BlockNode.AlwaysLeft);
        var leaves = new double[1 << depth];
        Place(tree, child: 0, place: 1, levels: depth, heap, leaves);
        _leaves.AddRange(leaves);
        int roots = 1 << (depth - ShallowestComplete);
        for (int root = roots; root < 2 * roots; root++)
        {
            _complete.AddRange(heap.AsSpan(4 * root, 4));
            _complete.AddRange(heap.AsSpan(2 * root, 2));
            _complete.Add(heap[root]);
        }

        for (int level = roots / 2; level > 0; level /= 2)
        {
            _complete.AddRange(heap.AsSpan(level, level));
        }
    }

    private void Place(DecisionTree tree, int child, int place, int levels, BlockNode[] heap, double[] leaves)
    {
        if (child < 0)
        {
            // Below a leaf all splits send rows to the left.
            leaves[(place << levels) - leaves.Length] = tree.Leaves[~child];
            return;
        }

        ref readonly TreeSplit split = ref tree.Splits.ItemRef(child);
        heap[place] = NodeOf(tree, split);
        Place(tree, split.Left, 2 * place, levels - 1, heap, leaves);
        Place(tree, split.Right, (2 * place) + 1, levels - 1, heap, leaves);
    }

    // Leaves are numbered from left to right: picking a leaf relies on that.
    private ushort AddStack(DecisionTree tree, int node, int slot, int firstLeaf)
    {
        if (node < 0)
        {
            _leaves.Add(tree.Leaves[~node]);
            return (ushort)((_leaves.Count - 1 - firstLeaf) * _width);
        }

        TreeSplit split = tree.Splits[node];
        ushort left = AddStack(tree, split.Left, slot, firstLeaf);
        ushort right = AddStack(tree, split.Right, split.Left < 0 ? slot : slot + 1, firstLeaf);
        _slots = Math.Max(_slots, slot + 1);
        var target = (ushort)((_leafNumbers + slot) * _width);
        _stack.Add(new StackNode(NodeOf(tree, split), left, right, target));
        return target;
    }

    private int AddWalk(DecisionTree tree)
    {
        int root = _walk.Count;
        CollectionsMarshal.SetCount(_walk, root + tree.Splits.Length + tree.Leaves.Length);
        CollectionsMarshal.SetCount(_walkLeaves, _walk.Count);
        Span<WalkNode> nodes = CollectionsMarshal.AsSpan(_walk);
        Span<double> leaves = CollectionsMarshal.AsSpan(_walkLeaves);
        int free = root + 1;
        var open = new Queue<(int Child, int Place)>([(tree.Splits.IsEmpty ? ~0 : 0, root)]);
        while (open.TryDequeue(out (int Child, int Place) next))
        {
            if (next.Child < 0)
            {
                nodes[next.Place] = WalkNode.Leaf(next.Place);
                leaves[next.Place] = tree.Leaves[~next.Child];
                continue;
            }

            ref readonly TreeSplit split = ref tree.Splits.ItemRef(next.Child);
            (int column, sbyte threshold) = _bins.Find(tree, split);
            nodes[next.Place] = WalkNode.Split(free, column, threshold);
            leaves[next.Place] = 0;
            open.Enqueue((split.Left, free));
            open.Enqueue((split.Right, free + 1));
            free += 2;
        }

        return root;
    }
}
