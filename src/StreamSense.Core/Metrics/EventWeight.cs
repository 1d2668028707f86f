namespace StreamSense.Core.Metrics;

/// <summary>How many events one stands for, as a whole number of millionths, so that sums do not depend on their order.</summary>
internal static class EventWeight
{
    /// <summary>A weight of 1.</summary>
    public const long One = 1_000_000;

    // A source that samples one event in 9 billion has none left to measure; more would not fit.
    private const double Greatest = 9e9;

    public static long Of(float weight) => weight == 1 ? One : (long)Math.Round(Math.Min(weight, Greatest) * One);

    /// <summary>A sum of weights as a number of events.</summary>
    public static double Events(Int128 millionths) => (double)millionths / One;
}
