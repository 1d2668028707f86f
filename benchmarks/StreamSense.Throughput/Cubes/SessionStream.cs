using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Throughput.Cubes;

/// <summary>Sessions that end one after the other, a hundred in a second, of titles of which few are watched much.</summary>
public sealed class SessionStream
{
    private const int Kinds = 65_536;
    private const long MicrosecondsApart = 10_000;

    private readonly PlaybackSession[] _sessions = new PlaybackSession[Kinds];
    private long _next;

    /// <summary>Makes a stream; two of the same vocabulary give the same sessions.</summary>
    public SessionStream(Vocabulary vocabulary)
    {
        var random = new Random(1);
        TitleId[] titles = [.. Enumerable.Range(0, 2_000).Select(i => vocabulary.Titles.Note(System.Text.Encoding.UTF8.GetBytes($"t{i}")))];
        Symbol[] countries = [.. Enumerable.Range(0, 30).Select(i => vocabulary.Countries.Intern($"c{i}"))];
        Symbol[] cdns = [.. Enumerable.Range(0, 5).Select(i => vocabulary.Cdns.Intern($"cdn{i}"))];
        Symbol[] deviceKinds = [.. Enumerable.Range(0, 8).Select(i => vocabulary.DeviceKinds.Intern($"k{i}"))];
        for (int i = 0; i < Kinds; i++)
        {
            long startup = random.Next(200_000, 10_000_000);
            var times = new ViewTimes { Starting = startup, Playing = random.NextInt64(3_600_000_000) };
            times.Rebuffering = random.Next(5_000_000);
            times.MediaTime = (Int128)times.Playing * 1_000_000;
            times.BitrateTime = times.MediaTime * 4_000;
            _sessions[i] = new PlaybackSession
            {
                View = new ViewId((ulong)i + 1),
                Title = titles[(int)Math.Min(titles.Length - 1, Math.Pow(titles.Length, random.NextDouble()))],
                Country = countries[random.Next(countries.Length)],
                Cdn = cdns[random.Next(cdns.Length)],
                DeviceKind = deviceKinds[random.Next(deviceKinds.Length)],
                Times = times,
                StartupMicroseconds = startup,
                WatchedContentMicroseconds = times.Playing,
                DurationMicroseconds = 3_600_000_000,
                PlayheadMicroseconds = Absent.Time,
                ContentStartupMicroseconds = startup,
                Stalls = 1,
                Outcome = ViewOutcome.Played,
                Reason = EndReason.Quit,
            };
        }
    }

    /// <summary>The next session.</summary>
    public PlaybackSession Next()
    {
        PlaybackSession session = _sessions[(int)(_next % Kinds)];
        session.Ended = EventTime.Earliest + TimeSpan.FromMicroseconds(MicrosecondsApart * ++_next);
        session.Attempted = session.Ended - TimeSpan.FromMicroseconds(session.Times.Watch);
        session.FirstFrame = session.Attempted + TimeSpan.FromMicroseconds(session.StartupMicroseconds);
        return session;
    }
}
