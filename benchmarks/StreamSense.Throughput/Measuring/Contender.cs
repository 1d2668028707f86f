namespace StreamSense.Throughput.Measuring;

/// <summary>One way of doing what a case measures.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Run">Handles a number of events and gives a checksum that proves that all of them were read.</param>
public sealed record Contender(string Name, Func<long, long> Run)
{
    /// <summary>Makes ready, outside of the measured time, for one run of <see cref="ThroughputCase.Step"/> events.</summary>
    /// <value>Null: nothing is to be made ready, and one run handles all events of a round.</value>
    public Action? Prepare { get; init; }

    /// <summary>Makes anew what a contender keeps from round to round, outside of the measured time.</summary>
    /// <remarks>For objects whose speed depends on where in a cache line they happen to lie: no round shall decide for all.</remarks>
    /// <value>Null: nothing is made anew.</value>
    public Action? Renew { get; init; }
}
