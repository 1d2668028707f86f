using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Throughput.Buffering;

/// <summary>Reads lanes as a shard does.</summary>
internal static class LaneReader
{
    private const int MostAtOnce = 256;
    private static readonly TimeSpan Spell = TimeSpan.FromSeconds(1);

    public static long Read(LaneSet lanes, long events)
    {
        long checksum = 0;
        for (long read = 0; read < events;)
        {
            ReadOnlySpan<StreamEvent> batch = lanes.Peek(MostAtOnce).Events;
            if (batch.IsEmpty)
            {
                WaitStrategy.Yield.Wait(lanes, Spell);
                continue;
            }

            foreach (ref readonly StreamEvent streamEvent in batch)
            {
                checksum += (long)streamEvent.Id.Value + streamEvent.Sequence;
            }

            lanes.Advance(batch.Length);
            read += batch.Length;
            WaitStrategy.Pace(batch.Length);
        }

        return checksum;
    }
}
