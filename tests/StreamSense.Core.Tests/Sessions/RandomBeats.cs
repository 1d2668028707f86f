using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Tests.Metrics;

namespace StreamSense.Core.Tests.Sessions;

/// <summary>Views that mostly send heartbeats which change nothing, and now and then something of every other kind.</summary>
internal sealed class RandomBeats(int seed)
{
    private const int Views = 6;

    private readonly Random _random = new(seed);
    private readonly long[] _playheads = new long[Views];
    private readonly long[] _times = new long[Views];
    private readonly ContextId[] _contexts = new ContextId[5];
    private ulong _made;

    internal StreamEvent[] Take(int count, Vocabulary vocabulary)
    {
        // Of each three views one names its country with every event, the others now and then; one names its kind of device only then.
        for (int i = 0; i < _contexts.Length; i++)
        {
            _contexts[i] = vocabulary.Contexts.Intern(new EventContext(
                vocabulary.Sources.Intern("web"),
                i < 3 ? vocabulary.Countries.Intern($"C{i}") : default,
                default,
                default,
                i == 4 ? vocabulary.DeviceKinds.Intern("tv") : default,
                default,
                default,
                ConsentPurposes.Measurement,
                1));
        }

        var events = new StreamEvent[count];
        foreach (ref StreamEvent e in events.AsSpan())
        {
            Fill(ref e);
        }

        return events;
    }

    private void Fill(ref StreamEvent e)
    {
        int view = _random.Next(Views);
        long step = _random.Next(40) switch
        {
            0 => 0,
            1 => -500_000,
            2 => _random.NextInt64(30_000_000, 120_000_000),
            3 when _random.Next(8) == 0 => _random.NextInt64(120_000_000, 3_600_000_000),
            _ => _random.NextInt64(2_000_000, 12_000_000),
        };
        _times[view] += step;
        _playheads[view] += step + _random.Next(-3, 4);
        int turn = (int)(_made / 900);
        e.Id = new EventId(++_made);
        e.View = new ViewId((ulong)((turn * Views) + view + 1));
        e.Time = EventTime.From(Script.Start) + TimeSpan.FromMicroseconds(_times[view]);
        e.Title = _random.Next(9) == 0 ? default : new TitleId((ulong)(view % 3) + 1);
        e.Device = view == 1 && _random.Next(2) == 0 ? default : new DeviceId((ulong)(view % 5));
        e.Viewer = view == 2 && _random.Next(2) == 0 ? default : new ViewerId(_random.Next(60) == 0 ? 7u : 3u);
        e.Context = _contexts[_random.Next(50) == 0 ? _random.Next(5) : view % 3 == 0 ? 0 : 3];
        e.Cdn = new Symbol((ushort)(_random.Next(40) == 0 ? 1 : 0));
        if (_random.Next(8) > 0)
        {
            Beat(view, ref e);
        }
        else
        {
            Other(view, ref e);
        }
    }

    private void Beat(int view, ref StreamEvent e)
    {
        long playhead = _random.Next(30) switch
        {
            0 => Absent.Time,
            1 => _playheads[view] = _random.NextInt64(-1_000_000, 7_200_000_000),
            2 => _playheads[view] + _random.NextInt64(-1_500_000, 1_500_000),
            3 when _random.Next(5) == 0 => _random.Next(2) == 0 ? long.MaxValue : long.MinValue + 1,
            _ => _playheads[view],
        };
        e.Kind = EventKind.Heartbeat;
        e.PayloadAs<HeartbeatPayload>() = new HeartbeatPayload
        {
            PlayheadMicroseconds = playhead,
            IntervalMicroseconds = _random.Next(20) == 0 ? Absent.Time : 10_000_000 * (1 + (_random.Next(40) / 39)),
            BitrateKbps = _random.Next(20) == 0 ? _random.Next(-1, 3) * 1_000 : 1_000,
            State = _random.Next(30) == 0 ? (PlayerState)_random.Next(6) : PlayerState.Playing,
        };
    }

    private void Other(int view, ref StreamEvent e)
    {
        long playhead = _random.Next(2) == 0 ? Absent.Time : _playheads[view];
        switch (_random.Next(16))
        {
            case < 3:
                e.Kind = EventKind.BufferStart;
                e.PayloadAs<BufferPayload>() = Buffering();
                break;
            case < 6:
                e.Kind = EventKind.BufferEnd;
                e.PayloadAs<BufferPayload>() = Buffering();
                break;
            case < 10:
                e.Kind = (EventKind)((int)EventKind.Pause + _random.Next(2));
                e.Kind = _random.Next(2) == 0 ? e.Kind : _random.Next(2) == 0 ? EventKind.SeekStart : EventKind.SeekEnd;
                e.PayloadAs<PlayheadPayload>().PlayheadMicroseconds = playhead;
                break;
            case 10:
                e.Kind = EventKind.BitrateChange;
                e.PayloadAs<BitratePayload>() = new BitratePayload
                {
                    BitrateKbps = 500 * _random.Next(1, 4),
                    MediaType = (MediaType)_random.Next(3),
                };
                break;
            case 11:
                e.Kind = EventKind.RateChange;
                e.PayloadAs<RatePayload>().RateMillionths = _random.Next(3) == 0 ? 1_500_000 : 1_000_000;
                break;
            case 12:
                e.Kind = EventKind.Visibility;
                e.PayloadAs<VisibilityPayload>().Background = _random.Next(3) == 0;
                break;
            case 13:
                e.Kind = _random.Next(2) == 0 ? EventKind.AdStart : EventKind.AdComplete;
                break;
            case 14:
                e.Kind = EventKind.PlaybackRequest;
                e.PayloadAs<PlaybackRequestPayload>() = new PlaybackRequestPayload
                {
                    PlayheadMicroseconds = playhead,
                    Preload = _random.Next(4) == 0,
                    Live = _random.Next(8) == 0,
                };
                break;
            default:
                e.Kind = _random.Next(4) == 0 ? EventKind.PlaybackEnd : EventKind.PlaybackStart;
                if (e.Kind == EventKind.PlaybackEnd)
                {
                    e.PayloadAs<PlaybackEndPayload>() = new PlaybackEndPayload { PlayheadMicroseconds = playhead, Reason = EndReason.Quit };
                }
                else
                {
                    e.PayloadAs<PlaybackStartPayload>() = new PlaybackStartPayload
                    {
                        PlayheadMicroseconds = playhead, StartupMicroseconds = Absent.Time,
                    };
                }

                break;
        }
    }

    private BufferPayload Buffering() => new()
    {
        Reason = (BufferReason)_random.Next(5),
        DurationMicroseconds = _random.Next(2) == 0 ? Absent.Time : _random.NextInt64(0, 20_000_000),
    };
}
