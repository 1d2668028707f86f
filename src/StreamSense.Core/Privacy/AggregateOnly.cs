using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Privacy;

/// <summary>Takes out of an event what says whose it was, so that it counts and names nobody.</summary>
internal static class AggregateOnly
{
    /// <summary>Whether anything is left of an event of this kind without its person.</summary>
    public static bool CanHold(EventKind kind) => kind is not (
        EventKind.Login or EventKind.Logout or EventKind.Profile or EventKind.SupportContact
        or (>= EventKind.TrialStarted and <= EventKind.MessageDismissed));

    /// <summary>Strips an event; its annex, which may hold free text, is the caller's to leave out.</summary>
    /// <remarks>
    /// The view keeps its events together under an id that joins neither with what was sent of it before consent was withdrawn nor with
    /// what is sent after it was given.
    /// </remarks>
    public static void Strip(ref StreamEvent e, Pseudonymizer pseudonymizer)
    {
        e.Viewer = ViewerId.None;
        e.Household = HouseholdId.None;
        e.Device = DeviceId.None;
        e.Visit = VisitId.None;
        e.View = pseudonymizer.Unlinked(e.View);
        if (ShownPayload.Holds(e.Kind))
        {
            e.PayloadAs<ShownPayload>().Request = default;
        }
        else if (PlaybackRequestPayload.Holds(e.Kind))
        {
            e.PayloadAs<PlaybackRequestPayload>().Request = default;
        }
    }
}
