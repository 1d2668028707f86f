using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>Follows the views, and tells the first frame, which Snowplow has no event for.</summary>
/// <remarks>One thread at a time; bounded.</remarks>
internal sealed class SnowplowMemory(int maxViews)
{
    // Playheads are told to the millisecond.
    private const double LeastAdvanceSeconds = 0.002;

    private readonly RecentKeys<SnowplowView> _views = new(maxViews);

    /// <summary>Applies an event.</summary>
    /// <param name="key">The keyed hash of the view.</param>
    /// <param name="id">The keyed hash of the event.</param>
    /// <param name="kind">The event.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="player">What the player says.</param>
    /// <returns>What the event means; of an event older than others of its view, and of a view not heard of before, no state.</returns>
    public SnowplowStep Apply(ulong key, ulong id, SnowplowEvent kind, EventTime time, in SnowplowPlayer player)
    {
        ref SnowplowView view = ref _views.Touch(key, out bool isNew);
        if (isNew)
        {
            view.WatchedFrom = double.NaN;
            view.Rate = 1;
        }

        bool isRequest = kind == SnowplowEvent.Play && (view.Request == 0 || view.Request == id);
        bool isPast = !isNew && time.UnixMicroseconds < view.LastTime;
        bool isFirstFrame = view.Start != 0 ? view.Start == id : !isPast && IsFirstFrame(ref view, kind, time, player);
        if (isFirstFrame)
        {
            view.Start = id;
        }

        if (!isPast)
        {
            view.LastTime = time.UnixMicroseconds;
            Move(ref view, id, kind, isRequest, player);
            Watch(ref view, kind, isNew, isRequest, time, player);
        }

        PlayerState state = isPast ? PlayerState.Unknown : StateOf(view, isNew, player);
        return new SnowplowStep(isRequest, isFirstFrame, new EventTime(view.StartTime), state);
    }

    private static bool IsFirstFrame(ref SnowplowView view, SnowplowEvent kind, EventTime time, in SnowplowPlayer player)
    {
        bool isSilent = view.IsInBreak || view.IsInAd || view.IsSeeking
            || kind is SnowplowEvent.SeekStart or SnowplowEvent.SeekEnd or SnowplowEvent.Ready or SnowplowEvent.Play;
        if (isSilent)
        {
            return false;
        }

        if (kind == SnowplowEvent.BufferEnd && view.Request != 0 && player.IsPaused != true)
        {
            view.StartTime = time.UnixMicroseconds;
            return true;
        }

        double advance = player.Playhead - view.WatchedFrom;
        if (!(advance > LeastAdvanceSeconds))
        {
            return false;
        }

        double ago = Math.Min(advance / view.Rate * EventTime.MicrosecondsPerSecond, time.UnixMicroseconds - view.WatchedSince);
        view.StartTime = time.UnixMicroseconds - (long)ago;
        return true;
    }

    private static void Move(ref SnowplowView view, ulong id, SnowplowEvent kind, bool isRequest, in SnowplowPlayer player)
    {
        view.Rate = player.Rate;
        switch (kind)
        {
            case SnowplowEvent.Play:
                view.Request = isRequest ? id : view.Request;
                view.IsPaused = false;
                break;
            case SnowplowEvent.Pause:
                view.IsPaused = true;
                break;
            case SnowplowEvent.SeekStart:
                view.IsSeeking = true;
                break;
            case SnowplowEvent.SeekEnd:
                view.IsSeeking = false;
                break;
            case SnowplowEvent.BufferStart:
                view.IsBuffering = true;
                break;
            case SnowplowEvent.BufferEnd:
                view.IsBuffering = false;
                break;
            case SnowplowEvent.AdBreakStart:
                view.IsInBreak = true;
                break;
            case SnowplowEvent.AdStart:
                view.IsInAd = true;
                break;
            case SnowplowEvent.AdComplete or SnowplowEvent.AdSkip:
                view.IsInAd = false;
                break;
            case SnowplowEvent.AdBreakEnd:
                view.IsInAd = false;
                view.IsInBreak = false;
                break;
            default:
                break;
        }
    }

    // A playhead that jumps, or that may be the ad's, shows no frame: the watch begins again behind it.
    private static void Watch(
        ref SnowplowView view, SnowplowEvent kind, bool isNew, bool isRequest, EventTime time, in SnowplowPlayer player)
    {
        bool begins = isNew || isRequest || kind is SnowplowEvent.Play or SnowplowEvent.SeekEnd or SnowplowEvent.AdBreakEnd
            or SnowplowEvent.AdComplete or SnowplowEvent.AdSkip;
        if (view.Start == 0 && begins)
        {
            view.WatchedSince = time.UnixMicroseconds;
            view.WatchedFrom = player.Playhead;
        }
    }

    private static PlayerState StateOf(in SnowplowView view, bool isNew, in SnowplowPlayer player) =>
        (player.IsPaused ?? view.IsPaused) ? PlayerState.Paused
        : isNew ? PlayerState.Unknown
        : view.Start == 0 ? (view.Request == 0 ? PlayerState.Unknown : PlayerState.Starting)
        : view.IsSeeking ? PlayerState.Seeking
        : view.IsBuffering ? PlayerState.Rebuffering
        : PlayerState.Playing;
}
