using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>From when on a play counts as left at once, and from when on as completed.</summary>
/// <remarks>Immutable. The values are those of the event schema; Netflix calls nine tenths a completer, too.</remarks>
public sealed record EngagementThresholds
{
    /// <summary>A play shorter than this, and than <see cref="BounceShare"/> of its title, is a bounce.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan BounceTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The share of the title's length for <see cref="BounceTime"/>; a title of unknown length has only the time.</summary>
    /// <value>0.1.</value>
    public double BounceShare { get; init; } = 0.1;

    /// <summary>
    /// The share of the title that must have been watched, replays counted once, for a completion; of the completion rates of views and of
    /// viewers alike.
    /// </summary>
    /// <value>0.9.</value>
    public double CompletionShare { get; init; } = 0.9;

    /// <summary>Whether a session is a bounce: an ended play that was short, and did not reach the end by the player's own word.</summary>
    /// <param name="session">The session.</param>
    public bool IsBounce(in PlaybackSession session)
    {
        if (!session.IsPlay || session.Reason == EndReason.Completed)
        {
            return false;
        }

        double limit = BounceTime.TotalMicroseconds;
        if (session.DurationMicroseconds != Absent.Time)
        {
            limit = Math.Min(limit, session.DurationMicroseconds * BounceShare);
        }

        return session.Times.Playing < limit;
    }

    /// <summary>Whether a session watched enough of a title of known length that is not live.</summary>
    /// <param name="session">The session.</param>
    public bool IsCompletion(in PlaybackSession session) =>
        session.IsCompletable && session.WatchedContentMicroseconds >= session.DurationMicroseconds * CompletionShare;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BounceTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(BounceShare);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CompletionShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CompletionShare, 1);
    }
}
