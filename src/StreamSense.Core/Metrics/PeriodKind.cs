namespace StreamSense.Core.Metrics;

/// <summary>A stretch of the calendar by which metrics are told apart.</summary>
internal enum PeriodKind
{
    /// <summary>A day.</summary>
    Day = 0,

    /// <summary>A week by ISO 8601: Monday to Sunday.</summary>
    Week = 1,

    /// <summary>A month.</summary>
    Month = 2,
}
