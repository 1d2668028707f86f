using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core;

/// <summary>Takes the events that are read back at start straight into their shards.</summary>
internal sealed class ReplayReceiver(PipelineShard[] shards) : IEventReceiver
{
    /// <inheritdoc/>
    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        StreamEvent replayed = streamEvent;
        replayed.Flags |= EventFlags.Replayed;
        int owner = ShardRouting.ShardOf(replayed, shards.Length);
        shards[owner].Replay(replayed, annex);
        if (shards.Length > 1 && EndsViewsElsewhere(replayed))
        {
            replayed.Flags |= EventFlags.Broadcast;
            for (int i = 0; i < shards.Length; i++)
            {
                if (i != owner)
                {
                    shards[i].Replay(replayed, default);
                }
            }
        }

        return WriteOutcome.Written;
    }

    private static bool EndsViewsElsewhere(in StreamEvent e) =>
        e.Kind == EventKind.PlaybackRequest && !e.Device.IsNone && !e.ReadPayload<PlaybackRequestPayload>().Preload;
}
