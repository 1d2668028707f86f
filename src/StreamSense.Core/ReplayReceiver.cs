using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core;

/// <summary>Takes the events that are read back at start straight into their shards.</summary>
internal sealed class ReplayReceiver(PipelineShard[] shards, TitleTable titles) : IEventReceiver
{
    /// <inheritdoc/>
    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        StreamEvent replayed = streamEvent;
        replayed.Flags |= EventFlags.Replayed;
        if (replayed.Kind == EventKind.Title)
        {
            titles.Add(replayed, annex);
        }

        int owner = ShardRouting.ShardOf(replayed, shards.Length);
        shards[owner].Replay(replayed, annex);
        if (ShardRouting.GoesToAll(replayed, shards.Length))
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
}
