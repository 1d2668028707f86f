namespace StreamSense.Ml.Evaluation;

/// <summary>How good answers were, over a number of questions.</summary>
/// <param name="Questions">How many questions.</param>
/// <param name="HitRate">The share of them whose item stood before the cutoff.</param>
/// <param name="Ndcg">The mean of 1/log2(rank + 2) where it stood before the cutoff, else 0.</param>
/// <param name="Mrr">The mean of one by its place, without a cutoff.</param>
/// <remarks>All 0 where nothing was asked. An item that nobody has had yet counts with the place that the model gives it.</remarks>
public readonly record struct PrequentialFigures(int Questions, double HitRate, double Ndcg, double Mrr);
