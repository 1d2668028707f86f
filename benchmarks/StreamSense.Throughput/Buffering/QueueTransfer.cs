using System.Collections.Concurrent;
using StreamSense.Core.Events;

namespace StreamSense.Throughput.Buffering;

/// <summary>A concurrent queue, bounded by hand: the writers look every 64 events how many are in flight.</summary>
public sealed class QueueTransfer(int writers) : Transfer(writers)
{
    private const int LookEvery = 64;

    private readonly ConcurrentQueue<StreamEvent> _queue = new();

    /// <inheritdoc/>
    protected override void Write(int writer, long events)
    {
        StreamEvent streamEvent = default;
        var spin = default(SpinWait);
        for (long i = 0; i < events; i++)
        {
            if (i % LookEvery == 0)
            {
                while (_queue.Count > Capacity - (LookEvery * Writers))
                {
                    spin.SpinOnce(sleep1Threshold: -1);
                }
            }

            Fill(ref streamEvent, i);
            _queue.Enqueue(streamEvent);
        }
    }

    /// <inheritdoc/>
    protected override long Read(long events)
    {
        long checksum = 0;
        var spin = default(SpinWait);
        for (long read = 0; read < events;)
        {
            if (_queue.TryDequeue(out StreamEvent streamEvent))
            {
                checksum += Look(in streamEvent);
                read++;
            }
            else
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }

        return checksum;
    }
}
