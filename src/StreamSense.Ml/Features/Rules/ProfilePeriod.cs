namespace StreamSense.Ml.Features.Rules;

/// <summary>What a <see cref="ProfileRule"/> goes by.</summary>
public enum ProfilePeriod : byte
{
    /// <summary>24 hours of the day.</summary>
    HourOfDay = 0,

    /// <summary>7 days of the week, from Sunday.</summary>
    DayOfWeek = 1,
}
