using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>The heartbeat of a view that plays on as before: nearly all events there are.</summary>
/// <remarks>
/// What it does is what <see cref="ViewMachine.Step"/> would do, whose every other effect the conditions rule out: it only moves the view
/// on. Whatever is unusual is left to that.
/// </remarks>
internal static class SteadyBeat
{
    private const ViewFlags Needed = ViewFlags.Attempted | ViewFlags.Started | ViewFlags.HeartbeatSeen | ViewFlags.Noted;

    private const ViewFlags Unusual = ViewFlags.Ended | ViewFlags.BreakOpen | ViewFlags.AdOpen | ViewFlags.Paused | ViewFlags.SeekOpen
        | ViewFlags.BufferOpen | ViewFlags.BufferStalls | ViewFlags.PositionAssumed;

    /// <summary>Applies an event if it is one of these.</summary>
    /// <returns>False if it is not: nothing has changed.</returns>
    public static bool TryApply(ref ViewRow view, in StreamEvent e, SessionLimits limits)
    {
        if (e.Kind != EventKind.Heartbeat || (view.Flags & (Needed | Unusual)) != Needed)
        {
            return false;
        }

        ref readonly HeartbeatPayload beat = ref e.ReadPayload<HeartbeatPayload>();
        long time = e.Time.UnixMicroseconds;
        long elapsed = time - view.Last;
        long playhead = beat.PlayheadMicroseconds;
        bool steady = beat.State == PlayerState.Playing
            && GoesOn(view, time, elapsed, limits)
            && IsWhereExpected(view, elapsed, playhead)
            && (beat.BitrateKbps < 0 || (beat.BitrateKbps == view.VideoKbps && view.AudioKbps == ViewRow.UnknownKbps))
            && (beat.IntervalMicroseconds < 0 || beat.IntervalMicroseconds == view.Interval)
            && ViewIdentity.IsKnown(view, e);
        if (!steady)
        {
            return false;
        }

        view.Last = time;
        view.RunEnd = time;
        view.Playhead = playhead;
        view.Position = playhead;
        view.RangeFrom = Math.Min(view.RangeFrom, playhead);
        view.Set(ViewFlags.LastHadPlayhead);
        return true;
    }

    // The run that waits has got to the last event, and may wait until this one.
    private static bool GoesOn(in ViewRow view, long time, long elapsed, SessionLimits limits) =>
        elapsed >= 0
        && time <= view.RunUntil
        && view.RunEnd == view.Last
        && view.RateMillionths == ViewRow.NormalRate
        && (elapsed <= limits.ShortestGap || elapsed <= Math.Min(GapRule.Gap(view, limits), limits.Silence))
        && (view.InPlayerIndex || view.Device.IsNone);

    // The difference of two playheads has no overflow that would look like a short way.
    private static bool IsWhereExpected(in ViewRow view, long elapsed, long playhead) =>
        playhead is > -WatchedContent.MostPlayhead and < WatchedContent.MostPlayhead
        && (ulong)(playhead - view.Position - elapsed + WatchedContent.JumpMicroseconds) <= 2 * WatchedContent.JumpMicroseconds;
}
