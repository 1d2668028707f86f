namespace StreamSense.Throughput.Measuring;

/// <summary>Contenders under equal conditions, of which the time of each single operation counts; on one thread.</summary>
/// <param name="Name">The conditions.</param>
/// <param name="Contenders">Ours first, the baseline of the ratios last.</param>
/// <param name="Proof">What every operation must give.</param>
public sealed record LatencyCase(string Name, IReadOnlyList<LatencyContender> Contenders, int Proof);
