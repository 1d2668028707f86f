namespace StreamSense.Ml.Features.Rules;

/// <summary>A number that a signal carries; where it carries none, a selector that asks for it does not take the signal.</summary>
public enum SignalValue : byte
{
    /// <summary>1: counting.</summary>
    One = 0,

    /// <summary>How many events this one stands for; 1 unless the source was sampled.</summary>
    Weight = 1,

    /// <summary>Watch time in seconds, of views that ended and of sessions.</summary>
    WatchSeconds = 2,

    /// <summary>Play time in seconds, of views that ended and of sessions.</summary>
    PlaySeconds = 3,

    /// <summary>Time stalled in seconds, of sessions.</summary>
    StallSeconds = 4,

    /// <summary>Stalls, of sessions.</summary>
    Stalls = 5,

    /// <summary>The share of the title's duration that was seen (sessions: distinct content; else the playhead), from 0 to 1; none for
    /// live titles and unknown durations.</summary>
    WatchedShare = 6,

    /// <summary>A rating on the scale from 0 to 1.</summary>
    Rating = 7,

    /// <summary>The polarity of a mention, from -1 to 1.</summary>
    Polarity = 8,

    /// <summary>An amount of money in units of its currency.</summary>
    Amount = 9,

    /// <summary>The position at which the title was shown, from 0.</summary>
    Position = 10,

    /// <summary>How long an impression was seen, in seconds.</summary>
    VisibleSeconds = 11,

    /// <summary>The startup in seconds, of sessions.</summary>
    StartupSeconds = 12,

    /// <summary>1 if the view ended during a stall or within the engine's stall shadow after one, else 0.</summary>
    LeftByStall = 13,

    /// <summary>1 if the view ended by reaching the end, else 0.</summary>
    Completed = 14,

    /// <summary>1 if a play of under min(30 s, 10 % of the duration) ended without being completed, else 0.</summary>
    EarlyExit = 15,

    /// <summary>1 if <see cref="EarlyExit"/>, 0 if the play went on longer; none if it was left by a stall, which says nothing of the
    /// title.</summary>
    Disliked = 16,

    /// <summary>Likes, replies and shares of a mention together.</summary>
    Engagement = 17,
}
