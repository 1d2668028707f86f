using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Throughput.Sessions;

/// <summary>
/// Events of very many views at once, as a shard gets them: each view on its own clock, all of them in the order of time.
/// </summary>
/// <remarks>
/// Every view sends a heartbeat each ten seconds, which carries playhead and bitrate; one turn in sixteen is a stall of its own two events,
/// one in thirty-two changes the bitrate, one in sixty-four pauses and goes on, and one in 128 ends the view and begins one of another
/// viewer. There are as many viewers as open views, and they come back. The order of the views is shuffled, so that each event meets a row
/// that has left the caches. The same seed gives the same events.
/// </remarks>
internal sealed class ViewTraffic
{
    public const long BeatMicroseconds = 10 * EventTime.MicrosecondsPerSecond;

    private const int Titles = 2000;
    private const int Countries = 40;
    private const int DeviceKinds = 6;

    private readonly ContextId[] _contexts;
    private readonly Symbol[] _cdns;
    private readonly TitleId[] _titles;

    // The number of the view that each place has, of all there were.
    private readonly ulong[] _views;
    private readonly long[] _playheads;
    private readonly uint[] _sequences;
    private readonly Random _random = new(20260101);
    private long _time = new DateTimeOffset(2026, 1, 1, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;
    private ulong _nextView;
    private ulong _nextEvent;
    private int _next;

    public ViewTraffic(int views, Vocabulary vocabulary)
    {
        _cdns = [.. Enumerable.Range(0, 3).Select(i => vocabulary.Cdns.Intern($"cdn-{i}"))];
        _titles = [.. Enumerable.Range(0, Titles).Select(i => vocabulary.Titles.Note(System.Text.Encoding.UTF8.GetBytes($"title-{i}")))];
        Symbol source = vocabulary.Sources.Intern("web");
        _contexts =
        [
            .. from country in Enumerable.Range(0, Countries)
               from kind in Enumerable.Range(0, DeviceKinds)
               select vocabulary.Contexts.Intern(new EventContext(
                   source,
                   vocabulary.Countries.Intern($"C{country}"),
                   default,
                   default,
                   vocabulary.DeviceKinds.Intern($"kind-{kind}"),
                   vocabulary.Apps.Intern("app 1.0"),
                   default,
                   ConsentPurposes.Measurement,
                   1)),
        ];
        _views = new ulong[views];
        _playheads = new long[views];
        _sequences = new uint[views];
    }

    /// <summary>A request and a first frame for every view.</summary>
    public StreamEvent[] Open()
    {
        var events = new StreamEvent[_views.Length * 2];
        int count = 0;
        for (int i = 0; i < _views.Length; i++)
        {
            count += Begin(i, events.AsSpan(count));
        }

        // From here on the views come in an order that has nothing to do with their rows.
        _random.Shuffle(_views);
        return events;
    }

    /// <summary>Fills a run with the next events.</summary>
    public void Fill(Span<StreamEvent> events)
    {
        int count = 0;
        while (count < events.Length)
        {
            int view = _next;
            _next = _next + 1 == _views.Length ? 0 : _next + 1;
            _time += BeatMicroseconds / _views.Length;
            int dice = _random.Next(128);
            if (events.Length - count >= 4)
            {
                count += Turn(view, dice, events[count..]);
            }
            else
            {
                Beat(view, out events[count++]);
            }
        }
    }

    private int Turn(int view, int dice, Span<StreamEvent> events)
    {
        switch (dice)
        {
            case 0:
                events[0] = Of(view, EventKind.PlaybackEnd, 0);
                events[0].PayloadAs<PlaybackEndPayload>() = new PlaybackEndPayload
                {
                    Reason = EndReason.Quit,
                    PlayheadMicroseconds = _playheads[view],
                };
                return 1 + Begin(view, events[1..]);
            case < 9:
                events[0] = Of(view, EventKind.BufferStart, -900_000);
                events[0].PayloadAs<BufferPayload>() = new BufferPayload
                {
                    Reason = BufferReason.Connection,
                    DurationMicroseconds = Absent.Time,
                };
                events[1] = Of(view, EventKind.BufferEnd, -100_000);
                events[1].PayloadAs<BufferPayload>() = new BufferPayload
                {
                    Reason = BufferReason.Unknown,
                    DurationMicroseconds = Absent.Time,
                };
                Beat(view, out events[2]);
                return 3;
            case < 13:
                events[0] = Of(view, EventKind.BitrateChange, -50_000);
                events[0].PayloadAs<BitratePayload>() = new BitratePayload
                {
                    BitrateKbps = 1500 + (dice * 100),
                    MediaType = MediaType.Video,
                };
                Beat(view, out events[1]);
                return 2;
            case < 15:
                events[0] = Of(view, EventKind.Pause, -2_000_000);
                events[0].PayloadAs<PlayheadPayload>().PlayheadMicroseconds = Absent.Time;
                events[1] = Of(view, EventKind.Resume, -1_000_000);
                events[1].PayloadAs<PlayheadPayload>().PlayheadMicroseconds = Absent.Time;
                Beat(view, out events[2]);
                return 3;
            default:
                Beat(view, out events[0]);
                return 1;
        }
    }

    private int Begin(int view, Span<StreamEvent> events)
    {
        _views[view] = ++_nextView;
        _playheads[view] = 0;
        _sequences[view] = 0;
        events[0] = Of(view, EventKind.PlaybackRequest, 0);
        events[0].PayloadAs<PlaybackRequestPayload>() = new PlaybackRequestPayload { PlayheadMicroseconds = 0 };
        events[1] = Of(view, EventKind.PlaybackStart, 800_000);
        events[1].PayloadAs<PlaybackStartPayload>() = new PlaybackStartPayload
        {
            PlayheadMicroseconds = 0,
            StartupMicroseconds = Absent.Time,
        };
        return 2;
    }

    private void Beat(int view, out StreamEvent beat)
    {
        _playheads[view] += BeatMicroseconds;
        beat = Of(view, EventKind.Heartbeat, 0);
        beat.PayloadAs<HeartbeatPayload>() = new HeartbeatPayload
        {
            PlayheadMicroseconds = _playheads[view],
            IntervalMicroseconds = BeatMicroseconds,
            BitrateKbps = 2500 + ((int)(Scatter(_views[view]) & 7) * 500),
            BufferMilliseconds = 12_000,
            DroppedFrames = Absent.Number,
            LiveLatencyMilliseconds = Absent.Number,
            State = PlayerState.Playing,
        };
    }

    private StreamEvent Of(int view, EventKind kind, long after)
    {
        ulong id = Scatter(_views[view]);
        return new StreamEvent
        {
            Id = new EventId(Scatter(~++_nextEvent)),
            Time = new EventTime(_time + after),
            Sequence = _sequences[view]++,
            Flags = EventFlags.HasSequence,
            Kind = kind,
            View = new ViewId(id),
            Device = new DeviceId(id ^ 0x5555),
            Viewer = new ViewerId(Scatter(_views[view] % (ulong)_views.Length) ^ 0xAAAA),
            Title = _titles[(int)((id >> 7) % Titles)],
            Cdn = _cdns[(int)((id >> 3) % 3)],
            Context = _contexts[(int)((id >> 20) % (ulong)_contexts.Length)],
        };
    }

    // SplitMix64: consecutive numbers become ids that look like hashes.
    private static ulong Scatter(ulong value)
    {
        ulong z = value * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
