namespace StreamSense.Throughput.Measuring;

/// <summary>What was measured of one contender in one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Contender">The contender.</param>
/// <param name="MillionPerSecond">The median of events per second, in millions.</param>
/// <param name="Lowest">The slowest round.</param>
/// <param name="Highest">The fastest round.</param>
/// <param name="BytesPerEvent">Bytes allocated for an event, in the whole process.</param>
/// <param name="Ratio">The median of the ratios to the baseline of the same round.</param>
public sealed record ContenderResult(
    string Case, string Contender, double MillionPerSecond, double Lowest, double Highest, double BytesPerEvent, double Ratio);
