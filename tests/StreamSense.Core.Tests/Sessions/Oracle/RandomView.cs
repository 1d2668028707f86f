using System.Globalization;

namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>The events of one random view, with the traits of its player: how it orders, when it is wrong, what it loses.</summary>
internal sealed class RandomView
{
    private static readonly string[] Kinds =
    [
        "playback_request", "playback_start", "pause", "resume", "seek_start", "seek_end", "buffer_start", "buffer_end", "bitrate_change",
        "rate_change", "heartbeat", "visibility", "track_change", "cdn_change", "error", "playback_end", "media_request",
        "ad_break_start", "ad_break_end", "ad_start", "ad_quartile", "ad_complete", "ad_skip", "ad_click", "reaction", "click", "custom",
    ];

    // How often each kind is drawn: ends and fatal errors seldom, else views would be too short to go anywhere.
    private static readonly int[] Weights = [2, 4, 6, 8, 6, 7, 12, 12, 8, 3, 16, 3, 1, 2, 4, 1, 1, 2, 3, 3, 1, 3, 2, 1, 1, 1, 1];

    private static readonly long[] Gaps =
    [
        0, 1, 100, 249, 250, 251, 400, 1_000, 2_500, 5_000, 10_000, 20_000, 29_999, 30_000, 30_001, 45_000, 60_000, 89_999, 90_000, 90_001,
        120_000, 300_000, 599_999, 600_000, 600_001, 1_200_000, 1_800_000, 1_800_001, 3_599_999, 3_600_000, 3_600_001, 14_399_999,
        14_400_000, 14_400_001, 30_000_000, 90_000_000,
    ];

    private readonly Random _random;
    private readonly int _view;
    private readonly Order _order;
    private readonly bool _wild;
    private readonly bool _ties;
    private readonly bool _loses;
    private readonly bool _live;
    private readonly long? _skewMs;
    private readonly bool _jitters;
    private readonly string? _device;
    private readonly string? _viewer;
    private readonly int _viewerFrom;
    private readonly bool _isForgetful;
    private readonly bool _isSourceless;
    private readonly bool _skipsNumbers;
    private readonly bool _isSteady;
    private readonly decimal _leastPlayheadMs;
    private readonly string _title;
    private readonly Dictionary<Dictionary<string, object>, long> _at = new(ReferenceEqualityComparer.Instance);
    private long _timeMs;
    private decimal _playheadMs;
    private int _beatsLeft;

    internal RandomView(Random random, int view, long startMs)
    {
        _random = random;
        _view = view;
        _timeMs = startMs;
        _order = random.Next(10) switch { < 5 => Order.Sequence, 5 => Order.TwoSequences, < 9 => Order.TimeAndId, _ => Order.Time };
        _wild = random.Next(4) == 0;
        _ties = random.Next(4) == 0 && _order != Order.Time;
        _loses = random.Next(5) < 2;
        _live = random.Next(6) == 0;
        _skewMs = random.Next(3) == 0 ? random.Next(-7_200_000, 7_200_000) : null;
        _jitters = _order != Order.Time && random.Next(2) == 0;
        _device = random.Next(8) == 0 || _order == Order.TwoSequences ? null : "d" + random.Next(3);
        _viewer = random.Next(4) == 0 ? null : "p" + random.Next(3);
        _viewerFrom = random.Next(4) == 0 ? random.Next(6) : 0;
        _isForgetful = random.Next(4) == 0;
        _isSourceless = random.Next(10) == 0 && _order != Order.TwoSequences;
        _skipsNumbers = random.Next(6) == 0 && _order == Order.Sequence && !_ties;
        _isSteady = random.Next(4) == 0;
        _leastPlayheadMs = random.Next(10) == 0 ? -60_000m : 0m;
        _playheadMs = random.Next(10) switch { 0 => 1_767_225_600_000m, 1 => _leastPlayheadMs, _ => 0m };
        _title = "t" + random.Next(6);
    }

    private enum Order
    {
        /// <summary>Numbered by its one source.</summary>
        Sequence,

        /// <summary>Told by two sources, each of which numbers what it tells.</summary>
        TwoSequences,

        /// <summary>By time, and by id where times are equal.</summary>
        TimeAndId,

        /// <summary>By time alone.</summary>
        Time,
    }

    /// <summary>The kinds that it draws from.</summary>
    internal static IReadOnlyList<string> EveryKind => Kinds;

    /// <summary>When an event reached the file, in microseconds.</summary>
    internal long AtUs(Dictionary<string, object> fields) => _at[fields];

    internal IEnumerable<Dictionary<string, object>> Events()
    {
        int count = _random.Next(2, _random.Next(3) == 0 ? 60 : 20);
        int start = _wild ? -1 : Math.Max(1, _random.Next(-6, 6));
        long[] sequences = [_random.Next(8) == 0 ? 4_000_000_000 : _random.Next(3) * 7, 0];
        for (int i = 0; i < count; i++)
        {
            string kind = i switch { 0 when !_wild => "playback_request", _ when i == start => "playback_start", _ => Draw() };
            bool isBeat = _beatsLeft > 0 && kind == "heartbeat";
            long stepMs = i == 0 ? 0 : isBeat ? 10_000 : Step();
            _timeMs += stepMs;
            _playheadMs += _random.Next(5) switch { 0 => stepMs / 2m, 1 => -stepMs, _ => stepMs };
            Dictionary<string, object> fields = Envelope(kind, i, sequences);
            decimal playheadMs = Math.Floor(Math.Max(_leastPlayheadMs, _playheadMs) * 10) / 10;
            if (isBeat)
            {
                RandomFields.AddSteadyBeat(fields, playheadMs);
            }
            else
            {
                RandomFields.Add(_random, fields, kind, _random.Next(20) == 0 ? "t" + _random.Next(6) : _title, playheadMs, _live);
            }

            if (!_loses || _random.Next(8) != 0)
            {
                yield return fields;
            }
        }
    }

    private Dictionary<string, object> Envelope(string kind, int index, long[] sequences)
    {
        int source = _order == Order.TwoSequences ? _random.Next(2) : 0;
        var fields = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["kind"] = kind, ["view"] = "v" + _view.ToString(CultureInfo.InvariantCulture),
        };
        if (!_isSourceless)
        {
            fields["source"] = source == 0 ? "web" : "cdn:edge";
        }

        AddTime(fields);
        bool isUnnumbered = _skipsNumbers && _random.Next(5) == 0;
        if (_order is Order.Sequence or Order.TwoSequences && !isUnnumbered)
        {
            fields["seq"] = sequences[source]++;
        }

        if (_order is Order.TwoSequences or Order.TimeAndId || isUnnumbered || _random.Next(10) == 0)
        {
            fields["id"] = string.Create(CultureInfo.InvariantCulture, $"{_random.Next(16):x}-{_view}-{index}");
        }

        AddPeople(fields, kind, index);
        if (index == 0)
        {
            fields["country"] = "x" + _random.Next(3);
            fields["deviceKind"] = "k" + _random.Next(2);
        }

        Maybe(fields, 10, "cdn", "c" + _random.Next(3));
        Maybe(fields, 40, "country", "x" + _random.Next(3));
        Maybe(fields, 40, "deviceKind", "k" + _random.Next(2));
        Maybe(fields, 20, "app", "1." + _random.Next(3));
        Maybe(fields, 20, "consent", new[] { "sharing", "measurement" });
        Maybe(fields, 20, "weight", 2);
        Maybe(fields, 20, "isp", "i" + _random.Next(3));
        return fields;
    }

    // A request says which player it is of; what comes later may leave that out, and somebody may log in while watching.
    private void AddPeople(Dictionary<string, object> fields, string kind, int index)
    {
        if (_device is not null && (!_isForgetful || kind == "playback_request" || _random.Next(2) == 0))
        {
            fields["device"] = _device;
        }

        if (_viewer is not null && index >= _viewerFrom && (!_isForgetful || _random.Next(2) == 0))
        {
            fields["viewer"] = _viewer;
        }
    }

    // The last three digits of a corrected time belong to the view.
    private void AddTime(Dictionary<string, object> fields)
    {
        long us = (_timeMs * 1_000) + _view;
        _at[fields] = us;
        if (_skewMs is not { } skewMs)
        {
            fields["time"] = Time(us);
            return;
        }

        long sentMs = _timeMs + _random.Next(0, 4_000);
        long delayMs = _jitters ? _random.Next(0, 900) : 50;
        fields["time"] = Time(us - (skewMs * 1_000));
        fields["sent"] = sentMs - skewMs;
        fields["received"] = sentMs + delayMs;
    }

    private object Time(long us)
    {
        DateTime time = DateTime.UnixEpoch.AddTicks(us * TimeSpan.TicksPerMicrosecond);
        return _random.Next(4) switch
        {
            0 => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            1 => time.AddHours(-3).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'9-03:00'", CultureInfo.InvariantCulture),
            _ => us / 1000m,
        };
    }

    private long Step()
    {
        if (_ties && _random.Next(3) == 0)
        {
            return 0;
        }

        if (_order == Order.Sequence && _random.Next(40) == 0)
        {
            return -_random.Next(0, 8_000);
        }

        long step = _random.Next(_wild ? 3 : 12) == 0 ? Gaps[_random.Next(Gaps.Length)] : _random.Next(0, 15_000);
        return _order == Order.Time ? Math.Max(1, step) : step;
    }

    private void Maybe(Dictionary<string, object> fields, int oneIn, string name, object value)
    {
        if (_random.Next(oneIn) == 0)
        {
            fields[name] = value;
        }
    }

    private string Draw()
    {
        if (_beatsLeft > 0 && --_beatsLeft > 0)
        {
            return "heartbeat";
        }

        int ticket = _random.Next(Weights.Sum());
        int kind = 0;
        while ((ticket -= Weights[kind]) >= 0)
        {
            kind++;
        }

        // Steady players beat many times in a row.
        _beatsLeft = _isSteady && Kinds[kind] == "heartbeat" ? _random.Next(2, 12) : 0;
        return Kinds[kind];
    }
}
