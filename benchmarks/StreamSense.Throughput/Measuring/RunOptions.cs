namespace StreamSense.Throughput.Measuring;

/// <summary>How long to measure.</summary>
public sealed record RunOptions
{
    /// <summary>For continuous integration: seconds a case, about a minute for all scenarios together.</summary>
    public static RunOptions Short =>
        new()
        {
            Rounds = 5,
            RoundTime = TimeSpan.FromMilliseconds(60),
            MostRetries = 5,
            MostTime = TimeSpan.FromSeconds(5),
            IsShort = true,
        };

    /// <summary>Whether these are the short ones.</summary>
    public bool IsShort { get; private init; }

    /// <summary>How many rounds that the machine was quiet in to take the median of.</summary>
    public int Rounds { get; init; } = 11;

    /// <summary>How many processes measure one after another, each with so many rounds.</summary>
    public int Launches { get; init; } = 1;

    /// <summary>How long one contender runs in a round, about.</summary>
    public TimeSpan RoundTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many rounds more to try where the machine was not quiet.</summary>
    public int MostRetries { get; init; } = 22;

    /// <summary>When to stop trying for one case, quiet or not.</summary>
    public TimeSpan MostTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether to write the results to benchmarks/results.</summary>
    public bool Write { get; init; }
}
