using System.Globalization;
using System.Text.Json;

namespace StreamSense.Tool.Tests.Measuring;

/// <summary>A seeded evening on a few players, whose views supersede one another, and whose events arrive late and twice.</summary>
/// <remarks>
/// No two events share a microsecond: of one instant the schema gives no order across views. What is delayed comes within the
/// amendment window, or so late that it is refused.
/// </remarks>
internal sealed class CrossingViews(int seed)
{
    private const long StartMs = 1_767_225_600_000;
    private const int Devices = 12;
    private const int Minutes = 150;
    private const long LastStartMs = Minutes * 60_000L;
    private const long TooLateMs = 45 * 60_000L;

    private readonly Random _random = new(seed);
    private readonly List<(long At, string Line)> _lines = [];
    private int _views;
    private int _marks;

    /// <summary>How many records come too late.</summary>
    internal int TooLate { get; private set; }

    /// <summary>The lines in the order of arrival, with the seconds since the beginning at which they arrive.</summary>
    internal List<(long At, string Line)> Lines()
    {
        for (int device = 0; device < Devices; device++)
        {
            AddDevice(device);
        }

        _lines.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Line, b.Line));
        return [.. _lines.Select(line => (line.At / 1_000, line.Line))];
    }

    private void AddDevice(int device)
    {
        long at = _random.Next(60_000);
        string title = "t0";
        while (at < LastStartMs && _views < 990)
        {
            title = _random.Next(6) == 0 ? title : "t" + _random.Next(7);
            at = AddView(device, title, at);
        }
    }

    // Returns when the next view of the device begins.
    private long AddView(int device, string title, long at)
    {
        var view = new View(this, device, title, at);
        if (_random.Next(10) == 0)
        {
            view.Say("playback_request", ("preload", true));
            view.Wait(_random.Next(1_000, 20_000));
        }

        view.Say("playback_request");
        view.Wait(_random.Next(200, 5_000));
        if (_random.Next(4) == 0)
        {
            view.AdBreak();
        }

        if (_random.Next(12) != 0)
        {
            view.Say("playback_start", ("playheadMs", 0));
            int beats = _random.Next(_random.Next(4) == 0 ? 240 : 40);
            for (int beat = 0; beat < beats; beat++)
            {
                view.Wait(10_000);
                view.Beat();
                Happen(view);
            }
        }

        return End(view);
    }

    private void Happen(View view)
    {
        switch (_random.Next(14))
        {
            case 0:
                view.Say("pause");
                view.Wait(_random.Next(1_000, 200_000));
                view.Say("resume");
                break;
            case 1:
                view.Say("seek_start", ("playheadMs", view.Playhead));
                view.Wait(_random.Next(100, 3_000));
                view.Jump(_random.Next(0, 2_000_000));
                view.Say("seek_end", ("playheadMs", view.Playhead));
                break;
            case 2 or 3:
                view.Say("buffer_start");
                view.Wait(_random.Next(50, 8_000));
                view.Say("buffer_end");
                break;
            case 4:
                view.Say("bitrate_change", ("bitrateKbps", 500 * _random.Next(1, 8)));
                break;
            case 5:
                view.Say("visibility", ("background", _random.Next(2) == 0));
                break;
            case 6:
                view.AdBreak();
                break;
        }
    }

    private long End(View view)
    {
        view.Wait(_random.Next(50, 5_000));
        long next = view.At + _random.Next(-2_000, 20_000);
        switch (_random.Next(6))
        {
            case 0 or 1:
                view.Say("playback_end", ("reason", "quit"));
                break;
            case 2:
                view.Say("error", ("code", "e1"), ("severity", "fatal"));
                break;
            case 3:
                next += _random.Next(660_000, 900_000);
                break;
            case 4:
                // The next view begins while this one still says something.
                next = view.At;
                view.Wait(_random.Next(50, 10_000));
                view.Beat();
                view.Say("playback_end", ("reason", "quit"));
                break;
        }

        return next;
    }

    private void Add(long ms, int view, Dictionary<string, object> fields)
    {
        fields["time"] = StartMs + ms + (view / 1_000m);
        long at = ms + _random.Next(800);
        int fate = _random.Next(200);
        if (fate < 16)
        {
            at += _random.Next(90_000);
        }
        else if (fate == 16 && ms < LastStartMs - (2 * TooLateMs))
        {
            at += TooLateMs;
            TooLate++;
        }

        string line = JsonSerializer.Serialize(fields);
        _lines.Add((at, line));
        if (fate is > 16 and < 24)
        {
            _lines.Add((at + _random.Next(60_000), line));
        }
    }

    private sealed class View
    {
        private readonly CrossingViews _all;
        private readonly Dictionary<string, object> _envelope;
        private readonly bool _isNumbered;
        private readonly int _number;
        private long _since;
        private int _sequence;

        internal View(CrossingViews all, int device, string title, long at)
        {
            _all = all;
            _number = all._views++;
            _isNumbered = all._random.Next(2) == 0;
            At = at;
            _since = at;
            _envelope = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["view"] = "v" + _number.ToString(CultureInfo.InvariantCulture),
                ["device"] = "d" + (device / 2),
                ["source"] = device % 2 == 0 ? "web" : "tv",
                ["viewer"] = "p" + (device / 3),
                ["title"] = title,
                ["country"] = "x" + (device % 4),
                ["cdn"] = "c" + all._random.Next(2),
            };
        }

        internal long At { get; private set; }

        internal long Playhead { get; private set; }

        internal void Wait(long ms) => At += ms;

        internal void Jump(long playheadMs) => (Playhead, _since) = (playheadMs, At);

        internal void Beat()
        {
            Playhead += At - _since;
            _since = At;
            Say("heartbeat", ("playheadMs", Playhead), ("state", "playing"), ("intervalMs", 10_000));
        }

        internal void AdBreak()
        {
            string name = "b" + _all._marks++;
            Say("ad_break_start", ("break", name));
            Say("ad_start", ("break", name), ("ad", "a1"));
            Wait(_all._random.Next(1_000, 20_000));
            Say("ad_complete", ("break", name), ("ad", "a1"));
            Say("ad_break_end", ("break", name));
            _since = At;
        }

        internal void Say(string kind, params ReadOnlySpan<(string Name, object Value)> fields)
        {
            var all = new Dictionary<string, object>(_envelope, StringComparer.Ordinal) { ["kind"] = kind };
            foreach ((string name, object value) in fields)
            {
                all[name] = value;
            }

            if (_isNumbered)
            {
                all["seq"] = _sequence++;
            }

            _all.Add(At, _number, all);
            At++;
        }
    }
}
