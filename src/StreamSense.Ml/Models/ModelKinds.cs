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

    /// <summary>What makes probabilities of scores: <see cref="Training.Linear.ICalibrator"/>.</summary>
    public const string Calibrator = "calibrator";

    /// <summary>Fifths of an audience: <see cref="Features.Segments.RfmModel"/>.</summary>
    public const string Rfm = "rfm";

    /// <summary>Clusters of viewers: <see cref="Features.Segments.KMeansModel"/>.</summary>
    public const string KMeans = "k-means";

    /// <summary>Titles by how often they were taken: <see cref="Training.Interactions.PopularityModel"/>.</summary>
    public const string Popularity = "popularity";

    /// <summary>Titles by how often they were taken lately: <see cref="Training.Interactions.PopularityModel"/>.</summary>
    public const string Trending = "trending";

    /// <summary>Nearest titles: <see cref="Training.Interactions.ItemKnnModel"/>.</summary>
    public const string ItemKnn = "item-knn";

    /// <summary>Weights between titles: <see cref="Training.Interactions.EaseModel"/>.</summary>
    public const string Ease = "ease";

    /// <summary>Factors of implicit interest: <see cref="Training.Interactions.IalsModel"/>.</summary>
    public const string Ials = "ials";

    /// <summary>Factors by pairwise preference: <see cref="Training.Interactions.BprModel"/>.</summary>
    public const string Bpr = "bpr";

    /// <summary>Factors of ratings: <see cref="Training.Interactions.BiasedMfModel"/>.</summary>
    public const string BiasedMf = "mf";
}
