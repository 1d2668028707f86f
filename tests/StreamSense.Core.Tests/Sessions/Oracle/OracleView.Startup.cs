namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Attempt, startup, first frame and outcome.</summary>
internal sealed partial class OracleView
{
    private long? _requestUs;
    private long _attemptUs;
    private long _playUs;
    private long? _ownStartupUs;
    private long _adSinceRequestUs;
    private bool _startupSpoiled;
    private bool _stalled;
    private bool _adStarted;
    private bool _contentFrameWithoutRequest;
    private long? _startupUs;
    private long? _contentStartupUs;
    private (long Us, OracleDims Dims)? _contentFrame;

    private void Request()
    {
        OpenAttempt();
        if (_requestUs is null)
        {
            _requestUs = _lastUs;
            _startupSpoiled = _paused || _seekOpen || _background;
        }
    }

    private void OpenAttempt()
    {
        if (!IsAttempt)
        {
            IsAttempt = true;
            _attemptUs = _lastUs;
            Count("attempts", _lastUs);
        }
    }

    private void AdFrame()
    {
        FirstFrame();
        _adStarted = true;
    }

    private void FirstFrame()
    {
        if (_adStarted || _started)
        {
            return;
        }

        if (_requestUs is { } request && !_startupSpoiled)
        {
            _startupUs = _lastUs - request;
        }
    }

    private void ContentFrame()
    {
        if (_started)
        {
            return;
        }

        FirstFrame();
        OpenAttempt();
        _contentFrameWithoutRequest = _requestUs is null;
        if (_requestUs is { } request && !_startupSpoiled)
        {
            _contentStartupUs = _lastUs - request - _adSinceRequestUs;
        }

        _started = true;
        _contentFrame = (_lastUs, _dims);
        Count("plays", _lastUs);
    }

    private void End(long atUs, string how)
    {
        Settle(endIsMissing: true, atUs);
        IsEnded = true;
        if (_contentFrameWithoutRequest)
        {
            _startupUs = _ownStartupUs;
            _contentStartupUs = _ownStartupUs;
        }

        if (_startupUs is { } startup)
        {
            Count("startupUs", atUs, amount: startup);
        }

        if (_contentStartupUs is { } content)
        {
            Count("contentStartupUs", atUs, amount: content);
        }

        if (_stalled)
        {
            Count("stalledPlays", atUs, _contentFrame!.Value.Dims);
        }

        if (_contentFrame is { } frame)
        {
            EndPlay(frame.Us, atUs, frame.Dims, isCompleted: how == "completed");
        }

        string outcome = (_started, how) switch
        {
            (true, "" or "completed") => "endedPlays",
            (true, _) => "playbackFailures",
            (false, "denied") => "startDenials",
            (false, "failed") => "startFailures",
            _ => _adStarted ? "exitsInPreroll" : "exitsBeforeStart",
        };
        Count(outcome, atUs);
        Attempt = IsAttempt ? new OracleAttempt(id, _attemptUs, atUs, outcome, Play) : null;
    }

    private void EndPlay(long firstFrameUs, long atUs, OracleDims dims, bool isCompleted)
    {
        OracleTitle title = OracleTitle.At(catalogue, Title, _attemptUs);
        title = title with { IsLive = title.IsLive || _isLive };
        Play = new OraclePlay(firstFrameUs, atUs, dims, _viewer, title, _dims, _content.Runs(), _isContentSure);
        Count("playsEnded", atUs);
        if (!isCompleted && _playUs < Math.Min(30 * SecondUs, title.DurationUs * 0.1m ?? decimal.MaxValue))
        {
            Count("bounces", atUs);
        }

        if (Play.IsCompletable)
        {
            Count("completablePlays", atUs);
            Count("completions", atUs, amount: Play.DistinctUs >= title.DurationUs * 0.9m ? 1m : 0m);
        }
    }
}
