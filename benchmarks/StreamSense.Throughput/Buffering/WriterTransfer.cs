using StreamSense.Core.Buffering;
using StreamSense.Core.Diagnostics;
using StreamSense.Core.Events;

namespace StreamSense.Throughput.Buffering;

/// <summary>Rented writers, to which events are handed by copy.</summary>
public sealed class WriterTransfer : Transfer
{
    private readonly LaneSet _lanes = new(new LaneOptions { SlotCount = Capacity });
    private readonly EventWriter[] _writers;
    private readonly int _batch;

    /// <summary>Rents the writers.</summary>
    public WriterTransfer(int writers, int batch)
        : base(writers)
    {
        _batch = batch;
        var drops = new DropCounters();
        var options = new WriterOptions { WaitStrategy = WaitStrategy.Yield };
        _writers = [.. Enumerable.Range(0, writers).Select(_ => new EventWriter([_lanes], drops, options))];
    }

    /// <inheritdoc/>
    protected override void Write(int writer, long events)
    {
        EventWriter rented = _writers[writer];
        var batch = new StreamEvent[_batch];
        for (long written = 0; written < events;)
        {
            int count = (int)Math.Min(_batch, events - written);
            for (int i = 0; i < count; i++)
            {
                Fill(ref batch[i], written + i);
            }

            if (count == 1)
            {
                rented.Write(in batch[0], default);
            }
            else
            {
                WriteBatch(rented, batch.AsSpan(0, count));
            }

            written += count;
        }
    }

    /// <inheritdoc/>
    protected override long Read(long events) => LaneReader.Read(_lanes, events);

    private static void WriteBatch(EventWriter writer, ReadOnlySpan<StreamEvent> events)
    {
        var spin = default(SpinWait);
        for (int done = writer.TryWrite(events); done < events.Length; done += writer.TryWrite(events[done..]))
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}
