namespace StreamSense.Ml.Training.Boosting;

/// <summary>What the trees of a boosted model are fitted to.</summary>
public enum BoostingObjective : byte
{
    /// <summary>A number, by the squared error. The answer is the number.</summary>
    Squared = 0,

    /// <summary>A yes or no, or a share between 0 and 1, by the log loss. The answer is a probability.</summary>
    Logistic = 1,

    /// <summary>The order of the rows of a group, by LambdaMART. The answer is a score that compares the rows of one group.</summary>
    LambdaMart = 2,
}
