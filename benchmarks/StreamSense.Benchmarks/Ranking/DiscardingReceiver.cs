using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Benchmarks.Ranking;

/// <summary>Takes every event and keeps none, so that a ranking is measured and not the buffer behind it.</summary>
internal sealed class DiscardingReceiver : IEventReceiver
{
    private EventId _last;

    public EventId Last => _last;

    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        _last = streamEvent.Id;
        return WriteOutcome.Written;
    }
}
