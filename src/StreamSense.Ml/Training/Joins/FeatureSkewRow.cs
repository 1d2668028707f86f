namespace StreamSense.Ml.Training.Joins;

/// <summary>How the values of one feature as served differ from those rebuilt.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Values">How many values were compared.</param>
/// <param name="Equal">How many are the same bit for bit, or missing in both.</param>
/// <param name="MissingLogged">How many were missing when served and are not when rebuilt.</param>
/// <param name="MissingRebuilt">How many are missing when rebuilt and were not when served.</param>
/// <param name="MeanDifference">The mean of the absolute differences over all values present in both; null if there is none.</param>
/// <param name="MaxDifference">The greatest absolute difference.</param>
/// <param name="MaxRelativeDifference">The greatest difference in terms of the greater of the two values.</param>
public sealed record FeatureSkewRow(
    string Name,
    long Values,
    long Equal,
    long MissingLogged,
    long MissingRebuilt,
    double? MeanDifference,
    double MaxDifference,
    double MaxRelativeDifference)
{
    /// <summary>How many differ, in value or in being there.</summary>
    public long Different => Values - Equal;
}
