namespace StreamSense.Ml.Training.Joins;

/// <summary>What is to be thought of a feature's change.</summary>
public enum DriftVerdict
{
    /// <summary>There are too few values to tell.</summary>
    TooFew = 0,

    /// <summary>It is as it was.</summary>
    Stable = 1,

    /// <summary>It has shifted a little.</summary>
    Shifted = 2,

    /// <summary>It has drifted: a model trained on the reference sees other values than it learnt from.</summary>
    Drifted = 3,
}
