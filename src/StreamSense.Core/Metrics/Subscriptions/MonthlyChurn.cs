namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>How many of those who were subscribers when a month began were none when it ended.</summary>
/// <remarks>Immutable.</remarks>
public sealed record MonthlyChurn
{
    /// <summary>The month by ISO 8601, for example <c>2026-01</c>, in UTC.</summary>
    public string Month { get; init; } = string.Empty;

    /// <summary>Subscribers that were active when it began.</summary>
    public long OpeningSubscribers { get; init; }

    /// <summary>Those of them that were not active when it ended, or now where it goes on.</summary>
    public long LostSubscribers { get; init; }

    /// <summary>Lost ÷ opening subscribers; null if there were none.</summary>
    public double? ChurnRate { get; init; }
}
