namespace StreamSense.Throughput.Measuring;

/// <summary>Contenders under equal conditions.</summary>
/// <param name="Name">The conditions.</param>
/// <param name="Contenders">Ours first, the baseline of the ratios last.</param>
/// <param name="Checksum">The checksum that handling a number of events must give.</param>
/// <param name="Threads">How many threads work at once; with more than one the distance of the cores matters.</param>
public sealed record ThroughputCase(string Name, IReadOnlyList<Contender> Contenders, Func<long, long> Checksum, int Threads)
{
    /// <summary>The number of events of which every run handles a multiple.</summary>
    /// <value>100,000.</value>
    public long Step { get; init; } = 100_000;

    /// <summary>How many bytes of input an event takes.</summary>
    /// <value>0: not measured in bytes.</value>
    public double InputBytesPerEvent { get; init; }

    /// <summary>The ratio that the first contender must reach where the machine is quiet: well below what is promised.</summary>
    /// <value>0: none.</value>
    public double Floor { get; init; }
}
