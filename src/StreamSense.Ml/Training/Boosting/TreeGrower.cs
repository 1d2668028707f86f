namespace StreamSense.Ml.Training.Boosting;

/// <summary>Grows one tree after the other: the leaf that gains most is split next.</summary>
/// <remarks>
/// Of two siblings the one with fewer rows is added up, and the other is what is left of their parent. Single-threaded but for the work
/// that it shares out.
/// </remarks>
internal sealed unsafe class TreeGrower
{
    private readonly BoostingOptions _options;
    private readonly BinnedFeatures _features;
    private readonly RowGradients _gradients;
    private readonly WorkSharing _sharing;
    private readonly CancellationToken _cancellation;
    private readonly HistogramBuilder _builder;
    private readonly HistogramPool _pool;
    private readonly NumberSplitSearch _numbers;
    private readonly CategorySplitSearch _categories;
    private readonly LeafGain _gain;
    private readonly SplitChoice[] _found;
    private readonly List<GrowingLeaf> _leaves = [];
    private readonly List<BinSplit> _splits = [];
    private readonly List<SplitChoice> _choices = [];
    private readonly List<double> _gains = [];

    /// <summary>Makes a grower.</summary>
    /// <param name="options">The rules.</param>
    /// <param name="features">The rows as bins.</param>
    /// <param name="gradients">Their derivatives, set anew for each tree.</param>
    /// <param name="sharing">Shares work among threads.</param>
    /// <param name="cancellation">Ends it early.</param>
    public TreeGrower(
        BoostingOptions options, BinnedFeatures features, RowGradients gradients, WorkSharing sharing, CancellationToken cancellation)
    {
        _options = options;
        _features = features;
        _gradients = gradients;
        _sharing = sharing;
        _cancellation = cancellation;
        _builder = new HistogramBuilder(features, gradients, sharing);
        _pool = new HistogramPool(features.Bins.Cells, options.MaxHistogramBytes, options.MaxLeaves + 1);
        _numbers = new NumberSplitSearch(options, gradients);
        _categories = new CategorySplitSearch(options, gradients);
        _gain = new LeafGain(options.L1, options.L2);
        _found = new SplitChoice[features.Bins.Features];
    }

    /// <summary>The rows of the sample, by leaf after a tree has grown.</summary>
    public required RowPartition Partition { get; init; }

    /// <summary>The leaves of the last tree.</summary>
    public IReadOnlyList<GrowingLeaf> Leaves => _leaves;

    /// <summary>Grows a tree.</summary>
    /// <param name="rows">How many rows of the partition are its sample.</param>
    /// <param name="sample">The features that it may ask for.</param>
    public GrownTree Grow(int rows, FeatureSample sample)
    {
        _leaves.Clear();
        _splits.Clear();
        _choices.Clear();
        _gains.Clear();
        GrowingLeaf root = Leaf(0, rows, 0, Sum(Partition.Range(0, rows)), 0, null);
        _leaves.Add(root);
        if (CanSplit(root))
        {
            root.Histogram = _pool.TryTake()!;
            _builder.Build(Partition.Range(0, rows), sample.Blocks, root.Histogram);
            Search(root, sample);
        }

        while (_leaves.Count < _options.MaxLeaves && Next() is { } leaf)
        {
            _cancellation.ThrowIfCancellationRequested();
            Split(leaf, sample);
        }

        foreach (GrowingLeaf leaf in _leaves)
        {
            Release(leaf);
        }

        return new GrownTree([.. _splits], [.. _choices], Values()) { Gains = [.. _gains] };
    }

    private static GrowingLeaf Leaf(int start, int count, int depth, HistogramCell total, int index, BinSplit? parent) =>
        new() { Start = start, Count = count, Depth = depth, Total = total, Index = index, Parent = parent };

    private HistogramCell Sum(RowRange rows)
    {
        HistogramCell sum = default;
        for (int i = 0; i < rows.Count; i++)
        {
            sum += _gradients.Rows[rows.First[i]];
        }

        return sum;
    }

    private float[] Values()
    {
        var values = new float[_leaves.Count];
        foreach (GrowingLeaf leaf in _leaves)
        {
            double value = _gain.Value(_gradients.Gradient(leaf.Total), _gradients.Hessian(leaf.Total));
            values[leaf.Index] = (float)(_options.LearningRate * value);
        }

        return values;
    }

    // Of equal leaves the older one: the order does not hang on anything else.
    private GrowingLeaf? Next()
    {
        GrowingLeaf? best = null;
        foreach (GrowingLeaf leaf in _leaves)
        {
            if (leaf.Best.Exists && (best is null || leaf.Best.Gain > best.Best.Gain))
            {
                best = leaf;
            }
        }

        return best;
    }

    private bool CanSplit(GrowingLeaf leaf) =>
        (_options.MaxDepth == 0 || leaf.Depth < _options.MaxDepth)
        && leaf.Count >= 2L * _options.MinRowsPerLeaf
        && _leaves.Count < _options.MaxLeaves;

    private void Split(GrowingLeaf leaf, FeatureSample sample)
    {
        SplitChoice choice = leaf.Best;
        var split = new BinSplit(choice.Feature, Sides(choice));
        int left = Partition.Split(leaf.Start, leaf.Count, split, _features);
        int rightIndex = _leaves.Count;
        Attach(leaf, _splits.Count);
        split.Left = ~leaf.Index;
        split.Right = ~rightIndex;
        _splits.Add(split);
        _choices.Add(choice);
        _gains.Add(choice.Gain);

        int depth = leaf.Depth + 1;
        GrowingLeaf leftLeaf = Leaf(leaf.Start, left, depth, choice.Left, leaf.Index, split);
        GrowingLeaf rightLeaf = Leaf(leaf.Start + left, leaf.Count - left, depth, leaf.Total - choice.Left, rightIndex, split);
        _leaves[leaf.Index] = leftLeaf;
        _leaves.Add(rightLeaf);
        (GrowingLeaf small, GrowingLeaf large) = left <= rightLeaf.Count ? (leftLeaf, rightLeaf) : (rightLeaf, leftLeaf);
        SearchChildren(leaf, small, large, sample);
    }

    private static void Attach(GrowingLeaf leaf, int split)
    {
        if (leaf.Parent is not { } parent)
        {
            return;
        }

        if (parent.Left == ~leaf.Index)
        {
            parent.Left = split;
        }
        else
        {
            parent.Right = split;
        }
    }

    private void SearchChildren(GrowingLeaf parent, GrowingLeaf small, GrowingLeaf large, FeatureSample sample)
    {
        AlignedBuffer<HistogramCell>? whole = parent.Histogram;
        parent.Histogram = null;
        if (!CanSplit(large))
        {
            // Then the smaller one cannot be split either.
            _pool.Return(whole);
            return;
        }

        if (whole is null)
        {
            AddUp(large, sample);
            Search(large, sample);
            if (CanSplit(small))
            {
                AddUp(small, sample);
                Search(small, sample);
            }

            return;
        }

        AddUp(small, sample);
        _builder.Subtract(sample.Blocks.Span, whole, small.Histogram!);
        large.Histogram = whole;
        Search(large, sample);
        if (CanSplit(small))
        {
            Search(small, sample);
        }
        else
        {
            Release(small);
        }
    }

    private void AddUp(GrowingLeaf leaf, FeatureSample sample)
    {
        leaf.Histogram = _pool.TryTake() ?? TakeFromAnother(leaf);
        _builder.Build(Partition.Range(leaf.Start, leaf.Count), sample.Blocks, leaf.Histogram);
    }

    // The leaf that is least likely to be split next: if it is, its children are both added up.
    private AlignedBuffer<HistogramCell> TakeFromAnother(GrowingLeaf wanting)
    {
        GrowingLeaf? least = null;
        foreach (GrowingLeaf leaf in _leaves)
        {
            if (leaf != wanting && leaf.Histogram is not null && (least is null || leaf.Best.Gain <= least.Best.Gain))
            {
                least = leaf;
            }
        }

        AlignedBuffer<HistogramCell> histogram = least!.Histogram!;
        least.Histogram = null;
        return histogram;
    }

    private void Release(GrowingLeaf leaf)
    {
        _pool.Return(leaf.Histogram);
        leaf.Histogram = null;
    }

    private void Search(GrowingLeaf leaf, FeatureSample sample)
    {
        AlignedBuffer<HistogramCell> histogram = leaf.Histogram!;
        FeatureBins bins = _features.Bins;
        _sharing.Run(sample.Features.Length, bins.Cells * 3L, index =>
        {
            int feature = sample.Features.Span[index];
            FeatureCuts cuts = bins.Of(feature);
            HistogramCell* cells = histogram.Pointer + bins.FirstCell(feature);
            _found[feature] = cuts.Categories is null
                ? _numbers.Find(cells, feature, cuts, leaf.Total)
                : _categories.Find(cells, feature, cuts, leaf.Total);
        });
        SplitChoice best = SplitChoice.None;
        foreach (int feature in sample.Features.Span)
        {
            best = _found[feature].Gain > best.Gain ? _found[feature] : best;
        }

        // What is gained by rounding alone is no gain.
        double own = _gain.Of(_gradients.Gradient(leaf.Total), _gradients.Hessian(leaf.Total));
        double gain = best.Gain - own;
        leaf.Best = best.Exists && gain > Math.Max(_options.MinSplitGain, 1e-9 * own) ? best with { Gain = gain } : SplitChoice.None;
        if (!leaf.Best.Exists)
        {
            Release(leaf);
        }
    }

    private byte[] Sides(SplitChoice choice)
    {
        FeatureCuts cuts = _features.Bins.Of(choice.Feature);
        var goesLeft = new byte[cuts.ValueBins + 1];
        if (choice.LeftBins is { } bins)
        {
            foreach (int bin in bins)
            {
                goesLeft[bin] = 1;
            }
        }
        else
        {
            goesLeft.AsSpan(0, choice.LastLeftBin + 1).Fill(1);
        }

        goesLeft[cuts.MissingBin] = choice.MissingLeft ? (byte)1 : (byte)0;
        return goesLeft;
    }
}
