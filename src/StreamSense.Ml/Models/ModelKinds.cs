namespace StreamSense.Ml.Models;

/// <summary>The kinds of model that this library writes, as <see cref="ModelCard.Kind"/> names them.</summary>
public static class ModelKinds
{
    /// <summary>Weights of features: <see cref="Ranking.LinearModel"/>.</summary>
    public const string Linear = "linear";

    /// <summary>Decision trees: <see cref="Ranking.Trees.TreeEnsemble"/>.</summary>
    public const string Trees = "trees";

    /// <summary>Titles as vectors: <see cref="Candidates.ItemFactors"/>.</summary>
    public const string ItemFactors = "item-factors";

    /// <summary>For each title those that go with it: <see cref="Candidates.ItemNeighbours"/>.</summary>
    public const string ItemNeighbours = "item-neighbours";
}
