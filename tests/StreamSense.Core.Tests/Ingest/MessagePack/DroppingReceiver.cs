using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Ingest.MessagePack;

/// <summary>Takes everything and keeps nothing.</summary>
internal sealed class DroppingReceiver : IEventReceiver
{
    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex) => WriteOutcome.Written;
}
