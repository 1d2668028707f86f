using System.Collections.Immutable;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>Fits decision trees one after the other, each to what those before it have left.</summary>
/// <remarks>
/// Gradient boosting on histograms (Friedman: Greedy function approximation, Annals of Statistics 2001; Chen and Guestrin: XGBoost, KDD
/// 2016; Ke et al.: LightGBM, NIPS 2017). The result hangs on the data and the options alone, and is the same to the bit on any number of
/// threads. Trees answer for a training row exactly what the training believed. Safe for many threads.
/// </remarks>
public sealed class BoostingTrainer
{
    private readonly BoostingOptions _options;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">The rules.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of the options is outside its range.</exception>
    public BoostingTrainer(BoostingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Fits a model.</summary>
    /// <param name="data">What is learnt from.</param>
    /// <param name="validation">What early stopping goes by: rows of the same features; null to grow all trees.</param>
    /// <param name="progress">Told after each tree, with the validation loss if there is one; may be null.</param>
    /// <param name="cancellation">Ends it early, with an exception.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">The data do not fit the objective, or the validation set not the data.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public BoostedTrees Train(
        BoostingData data,
        BoostingData? validation = null,
        IProgress<TrainProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.Check(_options.Objective);
        validation?.Check(_options.Objective);
        if (validation is not null && validation.FeatureNames.Length != data.FeatureNames.Length)
        {
            throw new ArgumentException("The validation set has other features than the data.", nameof(validation));
        }

        var run = new BoostingRun(_options, data, validation, cancellation);
        for (int tree = 0; tree < _options.Trees && !run.IsOver; tree++)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Grow();
            progress?.Report(new TrainProgress("tree", tree + 1, _options.Trees, run.LastLoss));
        }

        return Result(run, data);
    }

    private BoostedTrees Result(BoostingRun run, BoostingData data)
    {
        var trees = ImmutableArray.CreateBuilder<DecisionTree>(run.Best);
        var gains = new double[data.FeatureNames.Length];
        foreach (GrownTree tree in run.Trees.Take(run.Best))
        {
            trees.Add(tree.ToTree(run.Bins));
            for (int split = 0; split < tree.Splits.Length; split++)
            {
                gains[tree.Splits[split].Feature] += tree.Gains[split];
            }
        }

        var ensemble = new TreeEnsemble(data.FeatureNames, trees.ToImmutable())
        {
            BaseScore = run.BaseScore,
            Link = _options.Objective == BoostingObjective.Logistic ? TreeLink.Logistic : TreeLink.Identity,
            Arithmetic = TreeArithmetic.Single,
        };
        return new BoostedTrees(ensemble) { Gains = [.. gains], ValidationLosses = [.. run.Losses] };
    }
}
