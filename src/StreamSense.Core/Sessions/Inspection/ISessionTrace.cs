using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>Watches the state machine at work: which time it credits to what, and by which rule.</summary>
/// <remarks>The shard's thread. Told of every view, as the row is at that moment.</remarks>
internal interface ISessionTrace
{
    /// <summary>An event is about to be applied; what follows until <see cref="OnApplied"/> is its doing.</summary>
    void OnEvent(in ViewRow view, in StreamEvent e);

    /// <summary>A run of time is decided.</summary>
    /// <param name="view">The view.</param>
    /// <param name="time">The run.</param>
    /// <param name="rule">Why.</param>
    /// <param name="limit">The limit that the rule compared with, in microseconds; 0 if it has none.</param>
    void OnCredit(in ViewRow view, in CreditedTime time, CreditRule rule, long limit);

    /// <summary>A run of time is credited to no state.</summary>
    void OnUnknown(in ViewRow view, long start, long length, CreditRule rule, long limit);

    /// <summary>A run of time waits for the end of a buffering to be decided.</summary>
    void OnHeld(in ViewRow view, long start, long length);

    /// <summary>Something else happened.</summary>
    void OnNote(in ViewRow view, ViewNote note);

    /// <summary>The event has been applied.</summary>
    void OnApplied(in ViewRow view);

    /// <summary>The view is about to end at an instant; what follows until <see cref="OnApplied"/> is the end's doing.</summary>
    void OnEnd(in ViewRow view, EventTime time, ViewNote cause);
}
