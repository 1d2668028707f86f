using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>Hands every closed session to several consumers, in a fixed order.</summary>
internal sealed class SessionFanOut(IPlaybackSessionConsumer[] consumers) : IPlaybackSessionConsumer
{
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        foreach (IPlaybackSessionConsumer consumer in consumers)
        {
            consumer.Add(session, watched);
        }
    }

    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        foreach (IPlaybackSessionConsumer consumer in consumers)
        {
            consumer.Retract(session, watched);
        }
    }
}
