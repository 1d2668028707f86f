namespace StreamSense.Core.Metrics.Audience;

/// <summary>A stretch of the calendar for which distinct viewers are counted.</summary>
public enum PeriodKind
{
    /// <summary>A day.</summary>
    Day = 0,

    /// <summary>A week by ISO 8601: Monday to Sunday.</summary>
    Week = 1,

    /// <summary>A month.</summary>
    Month = 2,
}
