namespace StreamSense.Ml.Ranking.Trees;

/// <summary>What turns the sum of an ensemble into its answer.</summary>
public enum TreeLink : byte
{
    /// <summary>The sum is the answer: regression and ranking.</summary>
    Identity = 0,

    /// <summary>The answer is 1 / (1 + e^-sum): a probability.</summary>
    Logistic = 1,

    /// <summary>The answer is e^sum: counts and durations fitted by their logarithm.</summary>
    Exponential = 2,
}
