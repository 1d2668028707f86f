using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics.Engagement;

/// <summary>A session and what it watched, as a recorder is given them.</summary>
/// <param name="Session">The session.</param>
/// <param name="Watched">What it watched.</param>
internal sealed record ClosedSession(PlaybackSession Session, WatchedRange[] Watched)
{
    internal const long Second = 1_000_000;

    /// <summary>An ended play that plays ranges, in whole seconds.</summary>
    internal static ClosedSession Play(
        int duration,
        (int From, int To)[] ranges,
        ulong title = 1,
        ulong viewer = 1,
        int seeks = 0,
        EndReason reason = EndReason.Quit,
        bool live = false,
        ushort edit = 0)
    {
        WatchedRange[] watched = [.. ranges.Select(range => new WatchedRange(range.From * Second, range.To * Second))];
        long played = watched.Sum(range => range.ToMicroseconds - range.FromMicroseconds);
        return new ClosedSession(
            new PlaybackSession
            {
                Title = new TitleId(title),
                Viewer = new ViewerId(viewer),
                Edit = new Symbol(edit),
                Times = new ViewTimes { Playing = played },
                StartupMicroseconds = Absent.Time,
                ContentStartupMicroseconds = Absent.Time,
                WatchedContentMicroseconds = DistinctOf(watched, duration * Second),
                DurationMicroseconds = duration <= 0 ? Absent.Time : duration * Second,
                PlayheadMicroseconds = watched.Length == 0 ? Absent.Time : watched[^1].ToMicroseconds,
                Seeks = seeks,
                Outcome = ViewOutcome.Played,
                Reason = reason,
                Live = live,
                Version = 1,
            },
            watched);
    }

    /// <summary>The content that ranges cover, a second at a time.</summary>
    internal static long DistinctOf(WatchedRange[] watched, long duration)
    {
        var seconds = new HashSet<long>();
        foreach (WatchedRange range in watched)
        {
            for (long at = range.FromMicroseconds / Second; at < range.ToMicroseconds / Second; at++)
            {
                if (at >= 0 && (duration <= 0 || at < duration / Second))
                {
                    seconds.Add(at);
                }
            }
        }

        return seconds.Count * Second;
    }

    internal void AddTo(IPlaybackSessionConsumer consumer) => consumer.Add(Session, Watched);

    internal void RetractFrom(IPlaybackSessionConsumer consumer) => consumer.Retract(Session, Watched);
}
