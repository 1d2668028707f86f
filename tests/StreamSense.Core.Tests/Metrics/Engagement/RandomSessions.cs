using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics.Engagement;

/// <summary>Sessions of every outcome and shape, the same for the same seed.</summary>
internal sealed class RandomSessions(int seed)
{
    private readonly Random _random = new(seed);

    internal List<ClosedSession> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    internal ClosedSession Next()
    {
        int title = _random.Next(4);
        int duration = title == 3 && _random.Next(2) == 0 ? 0 : 60 * (title + 1);
        ClosedSession play = ClosedSession.Play(
            duration,
            Ranges(duration == 0 ? 200 : duration),
            (ulong)title,
            (ulong)_random.Next(4),
            _random.Next(3),
            (EndReason)_random.Next(5),
            _random.Next(10) == 0,
            (ushort)(title == 1 ? _random.Next(3) : 0));
        PlaybackSession session = play.Session;
        session.Outcome = (ViewOutcome)Math.Max(0, _random.Next(12) - 6);
        session.Times = new ViewTimes
        {
            Starting = _random.Next(5_000_000),
            Playing = session.IsPlay ? session.Times.Playing : 0,
            Rebuffering = session.IsPlay ? _random.Next(3) * 1_500_000L : 0,
            Seeking = session.IsPlay ? _random.Next(3) * 700_000L : 0,
            Paused = _random.Next(9_000_000),
            Ad = _random.Next(2) * 15_000_000L,
            MediaTime = (Int128)session.Times.Playing * 1_000_000,
            BitrateTime = (Int128)session.Times.Playing * 1_000_000 * _random.Next(8000),
        };
        session.Stalls = session.Times.Rebuffering > 0 ? 1 + _random.Next(3) : 0;
        session.StartupMicroseconds = _random.Next(3) == 0 ? Absent.Time : _random.Next(9_000_000);
        session.ContentStartupMicroseconds = session.IsPlay && _random.Next(3) > 0 ? _random.Next(9_000_000) : Absent.Time;
        return session.IsPlay
            ? play with { Session = session }
            : new ClosedSession(session with { WatchedContentMicroseconds = 0 }, []);
    }

    /// <summary>A view that begins at the beginning and does not seek.</summary>
    internal ClosedSession NextForward(int duration) => ClosedSession.Play(duration, [(0, 1 + _random.Next(duration + 5))]);

    private (int From, int To)[] Ranges(int duration)
    {
        var ranges = new (int From, int To)[_random.Next(6)];
        for (int i = 0; i < ranges.Length; i++)
        {
            int from = _random.Next(duration);
            ranges[i] = (from, Math.Min(duration + 3, from + 1 + _random.Next(duration)));
        }

        return ranges;
    }
}
