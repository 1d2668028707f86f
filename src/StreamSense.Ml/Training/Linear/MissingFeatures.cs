namespace StreamSense.Ml.Training.Linear;

/// <summary>What stands in for a feature that is missing.</summary>
public enum MissingFeatures
{
    /// <summary>The mean of the rows that have it: its absence says nothing.</summary>
    Mean = 0,

    /// <summary>A weight of its own: its absence says something.</summary>
    OwnWeight = 1,
}
