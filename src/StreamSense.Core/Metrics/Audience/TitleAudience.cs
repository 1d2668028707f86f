using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>How many watched a title.</summary>
/// <remarks>Immutable.</remarks>
public sealed record TitleAudience
{
    /// <summary>The title; null where views do not name one; <c>other</c> for titles without room of their own.</summary>
    public string? Title { get; init; }

    /// <summary>Plays, open ones included.</summary>
    public long Plays { get; init; }

    /// <summary>How long it was played.</summary>
    public TimeSpan Play { get; init; }

    /// <summary>Minutes played ÷ minutes of the window: how many watched it on average at any time.</summary>
    public double? AverageMinuteAudience { get; init; }

    /// <summary>
    /// Time played ÷ length of the title: how many watched any minute of it on average, as Adobe has it; null if no ended play has a known
    /// length.
    /// </summary>
    public double? TitleAverageMinuteAudience { get; init; }

    internal static TitleAudience Of(string? title, in PlayTimes times, double windowMicroseconds) => new()
    {
        Title = title,
        Plays = times.Plays,
        Play = TimeSpan.FromMicroseconds((double)times.Played),
        AverageMinuteAudience = Ratio.Of((double)times.Played, windowMicroseconds),
        TitleAverageMinuteAudience = times.Measured == 0 ? null : (double)times.Lengths / PlayTimes.LengthUnit,
    };

    internal static string NameOf(TitleId title, Vocabulary vocabulary) => vocabulary.Titles.NameOf(title) ?? title.ToString();
}
