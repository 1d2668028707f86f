using StreamSense.Core.Events;

namespace StreamSense.Ml.Training.Joins;

/// <summary>One view that a ranking led to.</summary>
internal sealed class WatchedView(ViewId view, EventTime begun)
{
    private EventTime _stallBegan;
    private EventTime _stallEnded;
    private bool _isStalled;

    public ViewId View { get; } = view;

    public EventTime? FirstFrame { get; set; }

    public EventTime? Ended { get; set; }

    public EndReason Reason { get; set; }

    public long WatchMicroseconds { get; set; }

    public bool IsCompleted { get; set; }

    public void Stall(EventTime time)
    {
        _isStalled = true;
        _stallBegan = time;
    }

    public void Unstall(EventTime time)
    {
        if (_isStalled)
        {
            _isStalled = false;
            _stallEnded = time;
        }
    }

    /// <summary>Whether the viewer left for the quality.</summary>
    public bool IsCensored(OutcomeJoinOptions options)
    {
        if (Ended is not { } ended || IsCompleted)
        {
            return false;
        }

        if (Reason == EndReason.Error)
        {
            return true;
        }

        if (FirstFrame is not { } frame)
        {
            return ended - begun >= options.SlowStart;
        }

        bool during = _isStalled && _stallBegan >= frame && _stallBegan <= ended;
        bool after = _stallEnded >= frame && _stallEnded != default && ended >= _stallEnded && ended - _stallEnded <= options.StallEcho;
        return during || after;
    }
}
