namespace StreamSense.Ml.Training.Joins;

/// <summary>How one feature has changed from the reference to now.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Verdict">What is to be thought of it.</param>
/// <param name="ReferenceValues">How many values the reference has.</param>
/// <param name="CurrentValues">How many values there are now.</param>
/// <param name="ReferenceMissing">Which share of the reference is missing.</param>
/// <param name="CurrentMissing">Which share is missing now.</param>
/// <param name="ReferenceMean">The mean of the reference.</param>
/// <param name="CurrentMean">The mean now.</param>
/// <param name="ReferenceDeviation">The standard deviation of the reference.</param>
/// <param name="CurrentDeviation">The standard deviation now.</param>
/// <param name="StabilityIndex">The population stability index, missing values being a bin of their own.</param>
/// <param name="Distance">The Kolmogorov-Smirnov statistic of the values that are there: the greatest gap between the
/// distributions.</param>
public sealed record FeatureDriftRow(
    string Name,
    DriftVerdict Verdict,
    long ReferenceValues,
    long CurrentValues,
    double? ReferenceMissing,
    double? CurrentMissing,
    double? ReferenceMean,
    double? CurrentMean,
    double? ReferenceDeviation,
    double? CurrentDeviation,
    double? StabilityIndex,
    double? Distance);
