namespace StreamSense.Core.Metrics.Comparison;

/// <summary>Where the true value of a metric lies, with a stated confidence.</summary>
/// <param name="Lower">The lower bound; null where the data give none.</param>
/// <param name="Upper">The upper bound; null where the data give none.</param>
public readonly record struct ConfidenceInterval(double? Lower, double? Upper)
{
    /// <summary>Whether a value lies between the bounds; a bound that is missing excludes nothing.</summary>
    /// <param name="value">The value.</param>
    public bool Contains(double value) => !(value < Lower) && !(value > Upper);
}
