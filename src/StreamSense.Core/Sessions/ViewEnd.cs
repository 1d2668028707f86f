using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>Whether, and why, an event ends its view.</summary>
/// <param name="Ends">Whether it does.</param>
/// <param name="Reason">Why.</param>
/// <param name="Business">Whether playback was refused on purpose.</param>
internal readonly record struct ViewEnd(bool Ends, EndReason Reason, bool Business)
{
    public static ViewEnd GoesOn => default;

    public static ViewEnd By(EndReason reason, bool business = false) => new(Ends: true, reason, business);
}
