namespace StreamSense.Throughput.Measuring;

/// <summary>One way of doing a single thing, which is measured thing by thing.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Run">Does it once and gives what proves that it was done.</param>
public sealed record LatencyContender(string Name, Func<int> Run);
