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
            Take(SampleCondition.Stalled, session, session.Times.Rebuffering, session.Stalls > 0, adds);
            Take(SampleCondition.Bounce, session, session.Times.Playing, thresholds.IsBounce(session), adds);
            Take(SampleCondition.LongUnknownTime, session, session.Times.Unknown, session.Times.Unknown >= _longUnknown, adds);
        }

        if (session.StartupMicroseconds != Absent.Time)
        {
            // The longest first: the greater the figure, the lower the rank.
            Take(SampleCondition.SlowStart, session, session.StartupMicroseconds, ~(ulong)session.StartupMicroseconds, adds);
        }

        switch (session.Outcome)
        {
            case ViewOutcome.PlaybackFailure:
                Take(SampleCondition.PlaybackFailure, session, session.Times.Playing, holds: true, adds);
                break;
            case ViewOutcome.StartFailure:
                Take(SampleCondition.StartFailure, session, session.Times.Watch, holds: true, adds);
                break;
            case ViewOutcome.ExitBeforeStart or ViewOutcome.ExitInPreroll:
                Take(SampleCondition.ExitBeforeStart, session, session.Times.Watch, holds: true, adds);
                break;
            default:
                break;
        }
    }

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
