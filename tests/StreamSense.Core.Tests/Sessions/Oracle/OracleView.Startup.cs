namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Attempt, startup, first frame and outcome.</summary>
internal sealed partial class OracleView
{
    private long? _requestUs;
    private long? _ownStartupUs;
    private long _adSinceRequestUs;
    private bool _startupSpoiled;
    private bool _stalled;
    private bool _adStarted;
    private bool _contentFrameWithoutRequest;
    private long? _startupUs;
    private long? _contentStartupUs;
    private (long Us, OracleDims Dims)? _contentFrame;

    /// <summary>Whether playback was asked for in earnest: only the first such request of a view supersedes others.</summary>
    internal bool IsRequested => _requestUs is not null;

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
            Enter("attempts", 1m);
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
        Enter("plays", 1m);
    }

    private void End(long atUs, string how)
    {
        Settle(endIsMissing: true);
        IsEnded = true;
        if (_contentFrameWithoutRequest)
        {
            _startupUs = _ownStartupUs;
            _contentStartupUs = _ownStartupUs;
        }

        if (_startupUs is { } startup)
        {
            Enter("startupUs", startup);
        }

        if (_contentStartupUs is { } content)
        {
            Enter("contentStartupUs", content);
        }

        if (_contentFrame is { } frame)
        {
            Play = (frame.Us, atUs, frame.Dims);
        }

        string outcome = (_started, how) switch
        {
            (true, "") => "endedPlays",
            (true, _) => "playbackFailures",
            (false, "denied") => "startDenials",
            (false, "failed") => "startFailures",
            _ => _adStarted ? "exitsInPreroll" : "exitsBeforeStart",
        };
        Enter(outcome, 1m);
    }
}
