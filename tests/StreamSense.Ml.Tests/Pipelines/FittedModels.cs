using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Factors;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>What is fitted to ratings in the batch and served by candidate sources.</summary>
internal sealed record FittedModels(ItemNeighbours Knn, ItemNeighbours Ease, IalsModel Ials, ItemFactors Factors)
{
    private readonly FactorIndex _index = new(Factors);

    /// <summary>Fits the models.</summary>
    /// <remarks>The strength of regularisation is given: searching it takes most of the time, and other tests do.</remarks>
    public static FittedModels Fit(MovieLensRatings ratings)
    {
        InteractionMatrix matrix = ratings.ToMatrix();
        var knn = (ItemKnnModel)new ItemKnnTrainer().Train(matrix);
        var ease = (EaseModel)new EaseTrainer(new EaseOptions { Regularisation = 400, MaxItems = 3_000 }).Train(matrix);
        var ials = (IalsModel)new IalsTrainer(new IalsOptions { UnobservedWeight = 0.1, Regularisation = 0.003 }).Train(matrix);
        return new FittedModels(
            knn.ToNeighbours(ratings.Titles), ease.ToNeighbours(ratings.Titles, 200), ials, ials.ToFactors(ratings.Titles));
    }

    public HistoryVector VectorOf(IViewerHistory history) => new(history, Factors, new IalsFoldIn(Ials));

    public FactorCandidates FactorsOf(IViewerHistory history) => new(_index, VectorOf(history), history);
}
