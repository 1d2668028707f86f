namespace StreamSense.Core.Metrics.Audience;

/// <summary>Who watched on a day, in a week or in a month: those with a first frame in it.</summary>
/// <remarks>Immutable. Distinct counts are exact while they are small, and estimates beyond.</remarks>
public sealed record PeriodAudience
{
    /// <summary>The period by ISO 8601: <c>2026-01-31</c>, <c>2026-W05</c> or <c>2026-01</c>.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Distinct viewers.</summary>
    public long Viewers { get; init; }

    /// <summary>Distinct devices.</summary>
    public long Devices { get; init; }

    /// <summary>Distinct households.</summary>
    public long Households { get; init; }

    /// <summary>Viewers whose first active day it is; null for weeks, months and days more than 63 days ago.</summary>
    public long? NewViewers { get; init; }

    /// <summary>Viewers who were active on an earlier day, too; null likewise.</summary>
    public long? ReturningViewers { get; init; }
}
