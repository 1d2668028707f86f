using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Tests.Scenes;

/// <summary>Keeps what is written, or says that it is full.</summary>
internal sealed class CollectingReceiver(WriteOutcome outcome = WriteOutcome.Written) : IEventReceiver, IDisposable
{
    private readonly List<StreamEvent> _events = new(1 << 16);

    public IReadOnlyList<StreamEvent> Events => _events;

    public bool Disposed { get; private set; }

    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        Assert.True(annex.IsEmpty);
        if (outcome == WriteOutcome.Written)
        {
            _events.Add(streamEvent);
        }

        return outcome;
    }

    public void Dispose() => Disposed = true;
}
