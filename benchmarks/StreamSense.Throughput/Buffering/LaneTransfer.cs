using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Throughput.Buffering;

/// <summary>Lanes, written in place.</summary>
public sealed class LaneTransfer : Transfer
{
    private static readonly TimeSpan Spell = TimeSpan.FromSeconds(1);

    private readonly LaneSet _lanes = new(new LaneOptions { SlotCount = Capacity });
    private readonly EventLane[] _lane;
    private readonly int _batch;

    /// <summary>Rents the lanes.</summary>
    public LaneTransfer(int writers, int batch)
        : base(writers)
    {
        _batch = batch;
        _lane = [.. Enumerable.Range(0, writers).Select(_ => _lanes.Rent())];
    }

    /// <inheritdoc/>
    protected override void Write(int writer, long events)
    {
        EventLane lane = _lane[writer];
        if (_batch == 1)
        {
            WriteSingly(lane, events);
            return;
        }

        for (long written = 0; written < events;)
        {
            Span<StreamEvent> slots = lane.Claim((int)Math.Min(_batch, events - written));
            if (slots.IsEmpty)
            {
                WaitStrategy.Yield.Wait(lane.Room, Spell);
                continue;
            }

            for (int i = 0; i < slots.Length; i++)
            {
                Fill(ref slots[i], written + i);
            }

            lane.Publish(slots.Length);
            written += slots.Length;
        }
    }

    /// <inheritdoc/>
    protected override long Read(long events) => LaneReader.Read(_lanes, events);

    private static void WriteSingly(EventLane lane, long events)
    {
        for (long i = 0; i < events; i++)
        {
            // In place, as a decoder does that fills a slot.
            Span<StreamEvent> slot = lane.Claim(1);
            while (slot.IsEmpty)
            {
                WaitStrategy.Yield.Wait(lane.Room, Spell);
                slot = lane.Claim(1);
            }

            Fill(ref slot[0], i);
            lane.Publish(1);
        }
    }
}
