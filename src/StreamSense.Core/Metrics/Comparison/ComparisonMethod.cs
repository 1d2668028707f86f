namespace StreamSense.Core.Metrics.Comparison;

/// <summary>How intervals are made.</summary>
public enum ComparisonMethod : byte
{
    /// <summary>A share: Wilson's score interval; of the difference, Newcombe's method 10.</summary>
    Proportion = 0,

    /// <summary>A mean: Student's interval; of the difference, Welch's.</summary>
    Mean = 1,

    /// <summary>A ratio of sums: the delta method over views; of the difference, Welch's degrees of freedom.</summary>
    Ratio = 2,

    /// <summary>A quantile: ranks by the binomial distribution; of the difference, the method of variance estimates recovery.</summary>
    Quantile = 3,
}
