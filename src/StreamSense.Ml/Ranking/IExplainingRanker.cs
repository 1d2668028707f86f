namespace StreamSense.Ml.Ranking;

/// <summary>A ranker that can say what each feature added to a score.</summary>
public interface IExplainingRanker : IRanker
{
    /// <summary>The score of a candidate of which nothing is known but that it is one: what all contributions are added to.</summary>
    float Intercept { get; }

    /// <summary>What each feature adds to the score of a candidate.</summary>
    /// <param name="context">The request.</param>
    /// <param name="batch">The candidates.</param>
    /// <param name="candidate">Which candidate, from 0.</param>
    /// <param name="contributions">
    /// Room for one number a feature of the layout; their sum and <see cref="Intercept"/> give the score, within rounding.
    /// </param>
    /// <exception cref="ArgumentException">The layout is another one, or there is too little room.</exception>
    void Explain(in RankContext context, in CandidateBatch batch, int candidate, Span<float> contributions);
}
