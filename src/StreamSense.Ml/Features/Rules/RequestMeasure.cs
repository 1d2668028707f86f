namespace StreamSense.Ml.Features.Rules;

/// <summary>What a <see cref="RequestRule"/> reads.</summary>
public enum RequestMeasure : byte
{
    /// <summary>The position the request says; in training where the title was shown, in serving the one to score for.</summary>
    Position = 0,

    /// <summary>The hour of the day, with its fraction.</summary>
    HourOfDay = 1,

    /// <summary>The day of the week, from 0 for Sunday.</summary>
    DayOfWeek = 2,
}
