namespace StreamSense.Ml.Evaluation.Metrics;

/// <summary>What finding a relevant item is worth.</summary>
public enum GainKind
{
    /// <summary>1, whatever its value: an item is relevant or not.</summary>
    Binary = 0,

    /// <summary>Its value; below 0 counts as 0.</summary>
    Linear = 1,

    /// <summary>2 to the power of its value, less 1 (Burges et al. 2005); below 0 counts as 0.</summary>
    Exponential = 2,
}
