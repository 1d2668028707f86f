using System.Collections.Immutable;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>What a boosting run made.</summary>
/// <remarks>Immutable, and safe for many threads.</remarks>
public sealed class BoostedTrees
{
    /// <summary>Takes what was made.</summary>
    /// <param name="ensemble">The model.</param>
    internal BoostedTrees(TreeEnsemble ensemble)
    {
        Ensemble = ensemble;
    }

    /// <summary>The model; with a validation set, cut after its best tree.</summary>
    public TreeEnsemble Ensemble { get; }

    /// <summary>What the splits by each feature gained, summed over the trees that were kept: how much the model owes to it.</summary>
    public ImmutableArray<double> Gains { get; init; } = [];

    /// <summary>The loss on the validation set after each tree: squared error, log loss, or one minus the mean NDCG.</summary>
    /// <value>Empty without a validation set.</value>
    public ImmutableArray<double> ValidationLosses { get; init; } = [];
}
