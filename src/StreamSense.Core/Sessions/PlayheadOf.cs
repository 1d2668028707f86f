using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>The playhead that an event itself carries.</summary>
internal static class PlayheadOf
{
    public static long Event(in StreamEvent e) => e.Kind switch
    {
        EventKind.Heartbeat => e.ReadPayload<HeartbeatPayload>().PlayheadMicroseconds,
        EventKind.Pause or EventKind.Resume or EventKind.SeekStart or EventKind.SeekEnd =>
            e.ReadPayload<PlayheadPayload>().PlayheadMicroseconds,
        EventKind.PlaybackRequest => e.ReadPayload<PlaybackRequestPayload>().PlayheadMicroseconds,
        EventKind.PlaybackStart => e.ReadPayload<PlaybackStartPayload>().PlayheadMicroseconds,
        EventKind.PlaybackEnd => e.ReadPayload<PlaybackEndPayload>().PlayheadMicroseconds,
        EventKind.Reaction or EventKind.Share or EventKind.Comment => e.ReadPayload<ReactionPayload>().PlayheadMicroseconds,
        _ => Absent.Time,
    };
}
