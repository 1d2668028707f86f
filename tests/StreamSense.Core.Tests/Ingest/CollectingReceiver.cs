using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Ingest;

/// <summary>Keeps what it is given; says that it is full after so many.</summary>
internal sealed class CollectingReceiver(int capacity = int.MaxValue) : IEventReceiver
{
    public List<(StreamEvent Event, string Annex)> Events { get; } = [];

    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        if (Events.Count >= capacity)
        {
            return WriteOutcome.Full;
        }

        Events.Add((streamEvent, System.Text.Encoding.UTF8.GetString(annex)));
        return WriteOutcome.Written;
    }
}
