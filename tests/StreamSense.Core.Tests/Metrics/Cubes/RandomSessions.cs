using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics.Cubes;

/// <summary>Sessions of every outcome over two hours, from a seed.</summary>
internal sealed class RandomSessions(Vocabulary vocabulary, int seed)
{
    public static readonly EventTime Begin = EventTime.From(new DateTimeOffset(2026, 3, 1, 22, 50, 0, TimeSpan.Zero));

    private readonly Random _random = new(seed);
    private ulong _view;

    public int Titles { get; init; } = 12;

    public List<PlaybackSession> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    public PlaybackSession Next()
    {
        var outcome = (ViewOutcome)(_random.Next(3) > 0 ? 0 : _random.Next(6));
        bool isPlay = outcome is ViewOutcome.Played or ViewOutcome.PlaybackFailure;
        long startup = _random.Next(100_000, 20_000_000);
        var times = new ViewTimes
        {
            Starting = startup,
            Playing = isPlay ? _random.Next(1_000_000_000) : 0,
            Rebuffering = isPlay && _random.Next(3) == 0 ? _random.Next(30_000_000) : 0,
            Seeking = isPlay ? _random.Next(5_000_000) : 0,
            Paused = _random.Next(1_000_000),
            Ad = _random.Next(4) == 0 ? _random.Next(60_000_000) : 0,
        };
        times.BackgroundPlaying = times.Playing / 10;
        times.MediaTime = (Int128)times.Playing * 1_000_000;
        times.BitrateTime = times.MediaTime * _random.Next(300, 8_000);
        EventTime attempted = Begin + TimeSpan.FromMicroseconds(_random.NextInt64(7_200_000_000));
        long length = times.Watch + times.Paused + times.Ad;
        return new PlaybackSession
        {
            View = new ViewId(((ulong)seed << 40) + ++_view),
            Viewer = new ViewerId((ulong)_random.Next(1, 50)),
            Title = vocabulary.Titles.Note(System.Text.Encoding.UTF8.GetBytes($"title-{_random.Next(Titles)}")),
            Country = _random.Next(10) == 0 ? Symbol.None : vocabulary.Countries.Intern($"c{_random.Next(6)}"),
            Cdn = vocabulary.Cdns.Intern($"cdn{_random.Next(3)}"),
            DeviceKind = vocabulary.DeviceKinds.Intern($"kind{_random.Next(4)}"),
            Attempted = attempted,
            FirstFrame = isPlay ? attempted + TimeSpan.FromMicroseconds(startup) : default,
            Ended = attempted + TimeSpan.FromMicroseconds(length),
            Times = times,
            StartupMicroseconds = isPlay && _random.Next(8) > 0 ? startup : Absent.Time,
            WatchedContentMicroseconds = times.Playing,
            DurationMicroseconds = _random.Next(5) == 0 ? Absent.Time : 600_000_000,
            Stalls = times.Rebuffering > 0 ? _random.Next(1, 4) : 0,
            BitrateSwitches = _random.Next(5),
            Version = 1,
            Outcome = outcome,
            Reason = outcome == ViewOutcome.Played && _random.Next(2) == 0 ? EndReason.Completed : EndReason.Quit,
        };
    }
}
