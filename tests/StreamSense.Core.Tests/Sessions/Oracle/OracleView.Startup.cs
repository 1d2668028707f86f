namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Attempt, startup, first frame and outcome.</summary>
internal sealed partial class OracleView
{
    private long? _requestUs;
    private long? _ownStartupUs;
    private long _adSinceRequestUs;
    private bool _startupSpoiled;
    private bool _adStarted;
    private bool _firstFrameWithoutRequest;
    private bool _contentFrameWithoutRequest;
    private (long Us, OracleDims Dims)? _startup;
    private (long Us, OracleDims Dims)? _contentStartup;
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

        _firstFrameWithoutRequest = _requestUs is null;
        if (_requestUs is { } request && !_startupSpoiled)
        {
            _startup = (_lastUs - request, _dims);
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
            _contentStartup = (_lastUs - request - _adSinceRequestUs, _dims);
        }

        _started = true;
        _contentFrame = (_lastUs, _dims);
        Enter("plays", 1m);
    }

    private void End(long atUs, string how)
    {
        Settle(endIsMissing: true);
        IsEnded = true;
        if (_firstFrameWithoutRequest && _ownStartupUs is { } own)
        {
            _startup = (own, _dims);
        }

        if (_contentFrameWithoutRequest && _ownStartupUs is { } ownContent)
        {
            _contentStartup = (ownContent, _dims);
        }

        if (_startup is { } startup)
        {
            Enter("startupUs", startup.Us);
        }

        if (_contentStartup is { } content)
        {
            Enter("contentStartupUs", content.Us);
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
