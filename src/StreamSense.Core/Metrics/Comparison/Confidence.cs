namespace StreamSense.Core.Metrics.Comparison;

/// <summary>Checks how sure an interval is to be.</summary>
internal static class Confidence
{
    /// <summary>The quantile that leaves half of what remains above it.</summary>
    public static double UpperTail(double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        return (1 + confidence) / 2;
    }
}
