using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Samples;

/// <summary>Keeps views of a shard that are worth looking into, by condition.</summary>
/// <remarks>The shard's thread only. Allocates nothing after it is made.</remarks>
internal sealed class SampleRecorder(EngagementThresholds thresholds, SampleOptions options) : IPlaybackSessionConsumer
{
    private readonly SamplePartial _samples = new(options);
    private readonly long _longUnknown = options.LongUnknownTime.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Take(session, adds: true);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Take(session, adds: false);

    /// <summary>A copy that later sessions do not change.</summary>
    public SamplePartial Copy() => new SamplePartial(options).Merge(_samples);

    private void Take(in PlaybackSession session, bool adds)
    {
        if (session.IsPlay)
        {
            TakePlay(session, adds);
        }

        if (session.StartupMicroseconds != Absent.Time)
        {
            TakeLongest(SampleCondition.SlowStart, session, session.StartupMicroseconds, adds);
        }

        if (session.Times.Ad > 0)
        {
            TakeLongest(SampleCondition.LongAds, session, session.Times.Ad, adds);
        }

        switch (session.Outcome)
        {
            case ViewOutcome.PlaybackFailure:
                Take(SampleCondition.PlaybackFailure, session, session.Times.Playing, holds: true, adds);
                break;
            case ViewOutcome.StartFailure:
                Take(SampleCondition.StartFailure, session, session.Times.Watch, holds: true, adds);
                break;
            case ViewOutcome.StartDenial:
                Take(SampleCondition.StartDenial, session, session.Times.Watch, holds: true, adds);
                break;
            case ViewOutcome.ExitBeforeStart or ViewOutcome.ExitInPreroll:
                Take(SampleCondition.ExitBeforeStart, session, session.Times.Watch, holds: true, adds);
                break;
            default:
                break;
        }
    }

    private void TakePlay(in PlaybackSession session, bool adds)
    {
        ref readonly ViewTimes times = ref session.Times;
        Take(SampleCondition.Stalled, session, times.Rebuffering, session.Stalls > 0, adds);
        Take(SampleCondition.Bounce, session, times.Playing, thresholds.IsBounce(session), adds);
        Take(SampleCondition.LongUnknownTime, session, times.Unknown, times.Unknown >= _longUnknown, adds);
        Take(SampleCondition.BackgroundPlay, session, times.BackgroundPlaying, times.BackgroundPlaying > 0, adds);
        Take(SampleCondition.Completion, session, times.Playing, thresholds.IsCompletion(session), adds);
        if (times.MediaTime > 0)
        {
            Take(SampleCondition.LowBitrate, session, times.Playing, (ulong)(times.BitrateTime / times.MediaTime), adds);
        }

        if (session.BitrateSwitches > 0)
        {
            Take(SampleCondition.ManyBitrateSwitches, session, times.Playing, ~(ulong)session.BitrateSwitches, adds);
        }

        if (times.Seeking > 0)
        {
            TakeLongest(SampleCondition.LongSeeking, session, times.Seeking, adds);
        }
    }

    // The greater the figure, the lower the rank.
    private void TakeLongest(SampleCondition condition, in PlaybackSession session, long figure, bool adds) =>
        Take(condition, session, figure, ~(ulong)figure, adds);

    private void Take(SampleCondition condition, in PlaybackSession session, long figure, bool holds, bool adds)
    {
        if (holds)
        {
            Take(condition, session, figure, StableHash.Of(session.View.Value), adds);
        }
    }

    private void Take(SampleCondition condition, in PlaybackSession session, long figure, ulong rank, bool adds)
    {
        if (adds)
        {
            _samples[condition].Add(rank, new ViewSample(session.View, session.Title, figure));
        }
        else
        {
            _samples[condition].Remove(rank, session.View);
        }
    }
}
