namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>One playback session, read literally from the schema; slow, and keeps everything.</summary>
internal sealed partial class OracleView(string id, List<OracleEntry> ledger, IReadOnlyList<OracleRecord> catalogue)
{
    private const long SecondUs = 1_000_000;
    private const long MinuteUs = 60 * SecondUs;
    private const long HourUs = 60 * MinuteUs;
    private const long MinimumStallUs = 250_000;

    private bool _hasEvents;
    private bool _breakOpen;
    private bool _adOpen;
    private bool _paused;
    private bool _started;
    private bool _seekOpen;
    private bool _background;
    private OracleBuffering? _buffering;
    private bool _hasHeartbeat;
    private long? _intervalUs;
    private long _lastUs;
    private decimal? _lastPlayheadMs;
    private decimal _rate = 1m;
    private decimal? _videoKbps;
    private decimal? _audioKbps;
    private readonly OracleContent _content = new();
    private string? _viewer;
    private bool _isLive;
    private bool _isContentSure = true;
    private OracleDims _dims = new(null, null, null, null);

    internal string Id => id;

    internal string? Device { get; private set; }

    internal string Source { get; private set; } = "";

    internal string? Title => _dims.Title;

    internal bool IsAttempt { get; private set; }

    internal bool IsEnded { get; private set; }

    /// <summary>First content frame and end of a play; null where there was no content frame or the view is open.</summary>
    internal OraclePlay? Play { get; private set; }

    /// <summary>The attempt, once it has ended; null where the view only preloaded.</summary>
    internal OracleAttempt? Attempt { get; private set; }

    private string State =>
        IsEnded ? "ended"
        : _breakOpen || _adOpen ? "ad"
        : _paused ? "paused"
        : !_started ? "starting"
        : _seekOpen || _buffering is { IsSeeking: true } ? "seeking"
        : _buffering is not null ? "rebuffering"
        : "playing";

    private long SilenceUs => Math.Max(State == "paused" ? HourUs : 10 * MinuteUs, _hasHeartbeat ? 0 : 4 * HourUs);

    private long GapUs => !_hasHeartbeat ? 4 * HourUs : _intervalUs is { } interval ? Math.Max(30 * SecondUs, 3 * interval) : 90 * SecondUs;

    private decimal? Kbps => _videoKbps is null && _audioKbps is null ? null : (_videoKbps ?? 0m) + (_audioKbps ?? 0m);

    internal void Apply(OracleRecord record)
    {
        EndIfSilentAt(record.AppliesAtUs);
        if (IsEnded)
        {
            return;
        }

        if (_hasEvents)
        {
            Elapse(record.AppliesAtUs, record);
        }

        _hasEvents = true;
        _lastUs = record.AppliesAtUs;
        _lastPlayheadMs = record.PlayheadMs;
        if (record.PlayheadMs is { } playhead)
        {
            _content.Known(_lastUs, playhead * 1000m, record.Kind == "seek_end");
        }

        _viewer ??= record.Text("viewer");
        _isLive |= record.Kind == "playback_request" && record.Is("live");
        Device = record.Text("device") ?? Device;
        Source = record.Source ?? Source;
        _dims = new(
            _dims.Title ?? record.Text("title"), record.Text("cdn") ?? _dims.Cdn,
            record.Text("country") ?? _dims.Country, record.Text("deviceKind") ?? _dims.DeviceKind);
        Change(record);
        _isContentSure &= record.PlayheadMs is null || _buffering is not { IsSeeking: false, Stretches.Count: > 0 };
    }

    /// <summary>Another title was requested on the same player.</summary>
    internal void Supersede(long atUs)
    {
        EndIfSilentAt(atUs);
        if (!IsEnded)
        {
            Elapse(Math.Max(atUs, _lastUs), null);
            End(Math.Max(atUs, _lastUs), "");
        }
    }

    /// <summary>The file is at its end.</summary>
    internal void Close()
    {
        if (!IsEnded)
        {
            End(_lastUs, "");
        }
    }

    private void EndIfSilentAt(long us)
    {
        if (!IsEnded && _hasEvents && us - _lastUs > SilenceUs)
        {
            End(_lastUs, "");
        }
    }

    private void Change(OracleRecord record)
    {
        switch (record.Kind)
        {
            case "playback_request" when !record.Is("preload"):
                Request();
                break;
            case "playback_start":
                _ownStartupUs ??= record.Microseconds("startupMs");
                ContentFrame();
                break;
            case "pause":
                _paused = true;
                _startupSpoiled = true;
                break;
            case "resume":
                _paused = false;
                break;
            case "seek_start":
                Overtake();
                _seekOpen = true;
                _startupSpoiled = true;
                break;
            case "seek_end":
                _seekOpen = false;
                break;
            case "buffer_start" when _buffering is null:
                bool seeking = State is "starting" or "seeking" or "paused" or "ad" || IsSeekingReason(record);
                _buffering = new() { StartUs = _lastUs, DurationUs = record.Microseconds("durationMs"), IsSeeking = seeking };
                break;
            case "buffer_end":
                EndBuffering(record);
                break;
            case "bitrate_change" when record.Text("mediaType") == "audio":
                _audioKbps = record.Number("bitrateKbps");
                break;
            case "bitrate_change":
                SetVideo(record.Number("bitrateKbps")!.Value, replacesAudio: record.Text("mediaType") != "video");
                break;
            case "rate_change":
                _rate = record.Number("rate")!.Value;
                break;
            case "visibility":
                _background = record.Is("background");
                _startupSpoiled |= _background;
                break;
            default:
                ChangeMore(record);
                break;
        }
    }

    private void ChangeMore(OracleRecord record)
    {
        switch (record.Kind)
        {
            case "heartbeat":
                Heartbeat(record);
                break;
            case "ad_break_start":
                Overtake();
                _breakOpen = true;
                break;
            case "ad_start":
                Overtake();
                _adOpen = true;
                AdFrame();
                break;
            case "ad_complete" or "ad_skip":
                _adOpen = false;
                break;
            case "ad_break_end":
                _breakOpen = false;
                _adOpen = false;
                break;
            case "error" when record.Text("severity") == "fatal":
                End(_lastUs, record.Text("category") == "business" ? "denied" : "failed");
                break;
            case "playback_end":
                End(_lastUs, record.Text("reason") switch { "error" => "failed", "completed" => "completed", _ => "" });
                break;
        }
    }

    private void Heartbeat(OracleRecord record)
    {
        _hasHeartbeat = true;
        string? state = record.Text("state");
        if (state is "playing" or "rebuffering" or "seeking" or "starting")
        {
            _paused = false;
        }

        if (state is "playing" or "rebuffering")
        {
            _seekOpen = false;
        }

        if (state == "playing")
        {
            Settle(endIsMissing: true, _lastUs);
            _buffering = null;
            ContentFrame();
        }

        if (record.Number("bitrateKbps") is { } kbps)
        {
            SetVideo(kbps, replacesAudio: true);
        }

        _intervalUs = record.Microseconds("intervalMs") ?? _intervalUs;
    }

    private void SetVideo(decimal kbps, bool replacesAudio)
    {
        if (_videoKbps is { } before && before != kbps && State == "playing")
        {
            Count("bitrateSwitches", _lastUs);
        }

        _videoKbps = kbps;
        _audioKbps = replacesAudio ? null : _audioKbps;
    }

    private void Count(string what, long atUs, OracleDims? dims = null, decimal amount = 1m) => Enter(what, amount, atUs, atUs, dims);

    private void Enter(string what, decimal amount, long fromUs, long toUs, OracleDims? dims = null)
    {
        if (IsAttempt)
        {
            ledger.Add(new(id, what, amount, fromUs, toUs, dims ?? _dims));
        }
    }

    private static bool IsSeekingReason(OracleRecord record) => record.Text("reason") is "initial" or "seek" or "ad";
}
