namespace StreamSense.Ml.Training.Boosting;

/// <summary>One training: the data in bins, the scores so far, and the trees that made them.</summary>
internal sealed class BoostingRun
{
    private readonly BoostingOptions _options;
    private readonly WorkSharing _sharing;
    private readonly BinnedFeatures _features;
    private readonly BoostingLoss _loss;
    private readonly RowGradients _gradients;
    private readonly TreeSampler _sampler;
    private readonly TreeGrower _grower;
    private readonly float[] _scores;
    private readonly float[] _first;
    private readonly float[] _second;
    private readonly BinnedFeatures? _validation;
    private readonly BoostingLoss? _validationLoss;
    private readonly float[] _validationScores = [];
    private readonly List<GrownTree> _trees = [];
    private readonly List<double> _losses = [];
    private bool _isExhausted;
    private double _restGain;
    private double _bestRestGain;
    private int _bestByRest;

    /// <summary>Begins a training.</summary>
    /// <param name="options">The rules.</param>
    /// <param name="data">What is learnt from.</param>
    /// <param name="validation">What early stopping goes by; null for nothing.</param>
    /// <param name="cancellation">Ends it early.</param>
    public BoostingRun(BoostingOptions options, BoostingData data, BoostingData? validation, CancellationToken cancellation)
    {
        options = options.For(data.Rows);
        _options = options;
        _sharing = new WorkSharing(options.Threads, cancellation);
        Bins = FeatureBins.Find(data, options.MaxBins, _sharing);
        cancellation.ThrowIfCancellationRequested();
        _features = new BinnedFeatures(data, Bins, _sharing);
        _loss = BoostingLoss.Of(options, data, _sharing);
        _gradients = new RowGradients(data.Rows);
        _sampler = new TreeSampler(options, Bins, data.Rows);
        _grower = new TreeGrower(options, _features, _gradients, _sharing, cancellation) { Partition = new RowPartition(data.Rows) };
        BaseScore = (float)_loss.BaseScore;
        _scores = new float[data.Rows];
        _first = new float[data.Rows];
        _second = new float[data.Rows];
        Array.Fill(_scores, BaseScore);
        if (validation is not null)
        {
            _validation = new BinnedFeatures(validation, Bins, _sharing);
            _validationLoss = BoostingLoss.Of(options, validation, _sharing);
            _validationScores = new float[validation.Rows];
            Array.Fill(_validationScores, BaseScore);
        }
    }

    /// <summary>The bins of the features.</summary>
    public FeatureBins Bins { get; }

    /// <summary>The score before the first tree.</summary>
    public float BaseScore { get; }

    /// <summary>The trees that were grown.</summary>
    public IReadOnlyList<GrownTree> Trees => _trees;

    /// <summary>The validation loss after each.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>The last of them; null without a validation set.</summary>
    public double? LastLoss => _losses.Count > 0 ? _losses[^1] : null;

    /// <summary>How many trees are worth keeping.</summary>
    public int Best { get; private set; }

    /// <summary>What the training believes of each row.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>Whether more trees would not help.</summary>
    public bool IsOver =>
        _isExhausted || (_options.StopAfter > 0 && _trees.Count > Best
            && _trees.Count - (_validation is null ? _bestByRest : Best) >= _options.StopAfter);

    /// <summary>Grows the next tree.</summary>
    public void Grow()
    {
        _loss.Derive(_scores, _first, _second);
        _gradients.Set(_first, _second);
        RowPartition partition = _grower.Partition;
        int rows = _sampler.DrawRows(partition.Rows);
        GrownTree tree = _grower.Grow(rows, _sampler.DrawFeatures());

        // With all rows and all features the next tree would find as little.
        _isExhausted = tree.Splits.Length == 0 && _options.RowSample == 1 && _options.FeatureSample == 1;
        _trees.Add(tree);
        ReadOnlySpan<int> rest = rows < _scores.Length ? _sampler.Rest.Span : [];
        double? before = _loss.SumOf(_scores, rest);
        AddScores(tree, rest);
        if (_validation is null)
        {
            Judge(before - _loss.SumOf(_scores, rest), rest.Length);
            return;
        }

        tree.AddTo(_validation, _validationScores, _sharing);
        double loss = _validationLoss!.Mean(_validationScores);
        _losses.Add(loss);
        if (Best == 0 || loss < _losses[Best - 1])
        {
            Best = _trees.Count;
        }
    }

    // Rows that a tree has not seen tell whether it helped, if too early; without any, or if they cannot tell, every tree is kept.
    private void Judge(double? gain, int rest)
    {
        if (gain is null || rest == 0 || _options.StopAfter == 0)
        {
            _bestByRest = _trees.Count;
            Best = _trees.Count;
            return;
        }

        _restGain += gain.Value;
        if (_bestByRest == 0 || _restGain > _bestRestGain)
        {
            _bestByRest = _trees.Count;
            _bestRestGain = _restGain;
        }

        Best = Math.Min(_trees.Count, _bestByRest + (_bestByRest / 2));
    }

    private unsafe void AddScores(GrownTree tree, ReadOnlySpan<int> rest)
    {
        foreach (GrowingLeaf leaf in _grower.Leaves)
        {
            float value = tree.Values[leaf.Index];
            RowRange range = _grower.Partition.Range(leaf.Start, leaf.Count);
            for (int i = 0; i < range.Count; i++)
            {
                _scores[range.First[i]] += value;
            }
        }

        foreach (int row in rest)
        {
            _scores[row] += tree.Values[tree.LeafOf(_features, row)];
        }
    }
}
