using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Scores by an ensemble of decision trees.</summary>
/// <remarks>
/// The score is the sum of base score and leaves, before the link: the link keeps the order, and only the sum can be told apart by
/// features. <see cref="TreeScorer"/> gives answers such as probabilities. Explanations are Shapley values (see
/// <see cref="DecisionTree.LeafCovers"/>); explaining walks all trees with all their leaves and is made for one candidate at a time.
/// </remarks>
public sealed class TreeRanker : IExplainingRanker
{
    private const int MostOnStack = 512;

    private readonly TreeScorer _scorer;
    private readonly TreeAttribution _attribution;
    private readonly int[] _sources;

    /// <summary>Binds an ensemble to a layout, by the names of the features.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The model's version.</param>
    /// <param name="layout">The features there are; it may have more than the ensemble.</param>
    /// <param name="trainedAt">When the ensemble was trained, or null if it is not known.</param>
    /// <exception cref="ArgumentException">
    /// The layout lacks a feature of the ensemble, which the message names, or the leaves add up to more than a score can hold.
    /// </exception>
    public TreeRanker(TreeEnsemble ensemble, string name, string version, FeatureLayout layout, EventTime? trainedAt = null)
        : this(ensemble, name, version, layout, trainedAt, TreeWidths.Best)
    {
    }

    /// <summary>Binds an ensemble to a layout, for a processor.</summary>
    internal TreeRanker(
        TreeEnsemble ensemble, string name, string version, FeatureLayout layout, EventTime? trainedAt, TreeWidth width)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(version);
        ArgumentNullException.ThrowIfNull(layout);
        _sources = new int[ensemble.FeatureNames.Length];
        for (int feature = 0; feature < _sources.Length; feature++)
        {
            _sources[feature] = layout.IndexOf(ensemble.FeatureNames[feature]);
            if (_sources[feature] < 0)
            {
                throw new ArgumentException(
                    $"The model {name} reads the feature {ensemble.FeatureNames[feature]}, which the layout lacks.", nameof(layout));
            }
        }

        _scorer = new TreeScorer(ensemble, _sources, layout.Count, width);
        _attribution = new TreeAttribution(ensemble);
        Intercept = (float)_attribution.Expected;
        Layout = layout;
        Info = new ModelInfo(name, version, layout.Hash, trainedAt);
    }

    /// <inheritdoc/>
    public ModelInfo Info { get; }

    /// <inheritdoc/>
    public FeatureLayout Layout { get; }

    /// <summary>The trees.</summary>
    public TreeEnsemble Ensemble => _scorer.Ensemble;

    /// <inheritdoc/>
    public float Intercept { get; }

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates) => _scorer.ScratchBytes(maxCandidates);

    /// <inheritdoc/>
    public void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch)
    {
        EnsureLayout(batch);
        _scorer.Score(TreeRows.FromColumns(batch.Features, batch.Count, Layout.Count), scores, scratch, TreeOutput.Sum);
    }

    /// <inheritdoc/>
    public void Explain(in RankContext context, in CandidateBatch batch, int candidate, Span<float> contributions)
    {
        EnsureLayout(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)candidate, (uint)batch.Count, nameof(candidate));
        if (contributions.Length < Layout.Count)
        {
            throw new ArgumentException($"{Layout.Count} features need as many contributions.", nameof(contributions));
        }

        Span<double> sums = Layout.Count <= MostOnStack ? stackalloc double[MostOnStack] : new double[Layout.Count];
        sums.Clear();
        _attribution.Explain(TreeRows.FromColumns(batch.Features, batch.Count, Layout.Count), candidate, _sources, sums);
        for (int column = 0; column < Layout.Count; column++)
        {
            contributions[column] = (float)sums[column];
        }
    }

    private void EnsureLayout(in CandidateBatch batch)
    {
        if (batch.Layout.Hash != Layout.Hash)
        {
            throw new ArgumentException(
                $"The batch has the feature layout {batch.Layout.Hash:x16}, the model {Info} needs {Layout.Hash:x16}.", nameof(batch));
        }
    }
}
