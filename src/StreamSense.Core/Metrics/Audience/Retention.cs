namespace StreamSense.Core.Metrics.Audience;

/// <summary>What share of viewers came back on the 1st, 7th and 28th day after the first one.</summary>
/// <remarks>Immutable. A share is over those viewers whose day has come; null if it has come for none.</remarks>
public sealed record Retention
{
    /// <summary>The cohort: the first day, or the country; null for the unknown country, and for all viewers.</summary>
    public string? Name { get; init; }

    /// <summary>Viewers in it.</summary>
    public long Viewers { get; init; }

    /// <summary>Active on the day after the first one ÷ viewers.</summary>
    public double? D1 { get; init; }

    /// <summary>Active 7 days after the first one ÷ viewers.</summary>
    public double? D7 { get; init; }

    /// <summary>Active 28 days after the first one ÷ viewers.</summary>
    public double? D28 { get; init; }
}
