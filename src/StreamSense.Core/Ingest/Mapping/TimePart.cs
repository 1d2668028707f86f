namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A part of a pattern for times.</summary>
internal enum TimePart : byte
{
    /// <summary>A letter as it stands.</summary>
    Letter,

    /// <summary>White space, one or more.</summary>
    Blank,

    /// <summary>The year.</summary>
    Year,

    /// <summary>The year of its century: 69 to 99 are of the twentieth, as POSIX has it.</summary>
    ShortYear,

    /// <summary>The month as a number.</summary>
    Month,

    /// <summary>The month's English name, whole or its first three letters.</summary>
    MonthName,

    /// <summary>The day of the month.</summary>
    Day,

    /// <summary>The day of the year.</summary>
    DayOfYear,

    /// <summary>The name of a weekday, which is not checked.</summary>
    Weekday,

    /// <summary>The hour, 0 to 24.</summary>
    Hour,

    /// <summary>The hour, 1 to 12.</summary>
    HalfDayHour,

    /// <summary>The minute.</summary>
    Minute,

    /// <summary>The second.</summary>
    Second,

    /// <summary>The digits after the second's decimal mark.</summary>
    Fraction,

    /// <summary>AM or PM.</summary>
    HalfDay,

    /// <summary>The offset from UTC: <c>Z</c>, <c>+01</c>, <c>+0100</c> or <c>+01:00</c>.</summary>
    Offset,
}
