using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Tool.Evaluating;

/// <summary>Takes ratings and plays from events.</summary>
internal sealed class EventRatings(RatingIds ids, RatingFile into) : IEventReceiver
{
    /// <inheritdoc/>
    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        if (!IsTaken(streamEvent))
        {
            into.Reject("OtherKind");
            return WriteOutcome.Written;
        }

        ulong user = !streamEvent.Viewer.IsNone ? streamEvent.Viewer.Value
            : !streamEvent.Household.IsNone ? streamEvent.Household.Value
            : streamEvent.Device.Value;
        if (user == 0 || streamEvent.Title.IsNone)
        {
            into.Reject("NoId");
            return WriteOutcome.Written;
        }

        int userNumber = ids.UserOf(new ViewerId(user).ToString());
        int itemNumber = ids.ItemOf(streamEvent.Title.ToString());
        into.Rows.Add(streamEvent.Kind is EventKind.Rating
            ? RowOf(userNumber, itemNumber, streamEvent.ReadPayload<RatingPayload>(), streamEvent.Time)
            : new RatingRow(userNumber, itemNumber, 1, 1, streamEvent.Time, IsPlay: true));
        return WriteOutcome.Written;
    }

    private static bool IsTaken(in StreamEvent streamEvent) => streamEvent.Kind switch
    {
        EventKind.Rating or EventKind.PlaybackStart => true,
        EventKind.PlaybackRequest => !streamEvent.ReadPayload<PlaybackRequestPayload>().Preload,
        _ => false,
    };

    private static RatingRow RowOf(int user, int item, in RatingPayload rating, EventTime time)
    {
        double range = rating.Maximum - rating.Minimum;
        float level = range > 0 ? (float)((rating.Value - rating.Minimum) / range) : float.NaN;
        return new RatingRow(user, item, (float)rating.Value, level, time, IsPlay: false);
    }
}
