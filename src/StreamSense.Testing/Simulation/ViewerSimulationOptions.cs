using StreamSense.Core.Events;

namespace StreamSense.Testing.Simulation;

/// <summary>What a <see cref="ViewerSimulation"/> is like.</summary>
/// <remarks>Shares are probabilities from 0 to 1.</remarks>
public sealed record ViewerSimulationOptions
{
    /// <summary>From which everything else follows: one seed, one sequence of bytes.</summary>
    /// <value>Default 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>How many viewers there are.</summary>
    /// <value>Default 100; at least 1.</value>
    public int Viewers { get; init; } = 100;

    /// <summary>How many titles the catalogue has; the first are the popular ones.</summary>
    /// <value>Default 50; at least 1.</value>
    public int Titles { get; init; } = 50;

    /// <summary>When the first viewer comes.</summary>
    /// <value>Default 2026-01-01T00:00:00Z.</value>
    public EventTime Start { get; init; } = EventTime.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>How long viewers keep coming; what has begun by then goes on to its end.</summary>
    /// <value>Default 4 hours.</value>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The most events that are given; the rest is cut.</summary>
    /// <value>Default 1,000,000; at least 1.</value>
    public int MaximumEvents { get; init; } = 1_000_000;

    /// <summary>How often a playing device sends a heartbeat; zero for players that send none.</summary>
    /// <value>Default 10 seconds.</value>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a minute of playing is broken by a stall.</summary>
    /// <value>Default 0.06.</value>
    public double StallShare { get; init; } = 0.06;

    /// <summary>How many views begin with ads.</summary>
    /// <value>Default 0.2.</value>
    public double PrerollShare { get; init; } = 0.2;

    /// <summary>How many views end by a fatal error.</summary>
    /// <value>Default 0.03.</value>
    public double FatalErrorShare { get; init; } = 0.03;

    /// <summary>How many views end without a word: a closed lid, a lost network.</summary>
    /// <value>Default 0.08.</value>
    public double LostEndShare { get; init; } = 0.08;

    /// <summary>Whether players number their events with <c>seq</c>.</summary>
    /// <value>Default true.</value>
    public bool Sequenced { get; init; } = true;

    internal void Validate()
    {
        Require(Viewers >= 1, nameof(Viewers), "There is at least one viewer.");
        Require(Titles >= 1, nameof(Titles), "There is at least one title.");
        Require(MaximumEvents >= 1, nameof(MaximumEvents), "There is at least one event.");
        Require(Duration >= TimeSpan.Zero, nameof(Duration), "A duration is not negative.");
        Require(HeartbeatInterval >= TimeSpan.Zero, nameof(HeartbeatInterval), "An interval is not negative.");
        Require(StallShare is >= 0.0 and <= 1.0, nameof(StallShare), "A share lies between 0 and 1.");
        Require(PrerollShare is >= 0.0 and <= 1.0, nameof(PrerollShare), "A share lies between 0 and 1.");
        Require(FatalErrorShare is >= 0.0 and <= 1.0, nameof(FatalErrorShare), "A share lies between 0 and 1.");
        Require(LostEndShare is >= 0.0 and <= 1.0, nameof(LostEndShare), "A share lies between 0 and 1.");
    }

    private static void Require(bool holds, string option, string rule)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(option, rule);
        }
    }
}
