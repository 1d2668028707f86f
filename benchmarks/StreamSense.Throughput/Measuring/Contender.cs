namespace StreamSense.Throughput.Measuring;

/// <summary>One way of doing what a case measures.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Run">Handles a number of events and gives a checksum that proves that all of them were read.</param>
public sealed record Contender(string Name, Func<long, long> Run);
