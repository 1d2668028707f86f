namespace StreamSense.Core.Metrics;

/// <summary>A part of a whole.</summary>
internal static class Ratio
{
    /// <summary>Part ÷ whole; null where there is no whole.</summary>
    public static double? Of(double part, double whole) => whole == 0 ? null : part / whole;
}
