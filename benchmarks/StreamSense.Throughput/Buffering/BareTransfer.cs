using StreamSense.Core.Events;

namespace StreamSense.Throughput.Buffering;

/// <summary>Arrays that change hands in large blocks: what moving the events costs the cores, with next to nothing for saying so.</summary>
public sealed class BareTransfer : Transfer
{
    private const int Block = 1_024;
    private const int Blocks = Capacity / Block;

    private readonly StreamEvent[][] _slots;

    // Blocks written and blocks read of each writer, ever; far from each other.
    private readonly long[] _positions;

    /// <summary>Takes the memory.</summary>
    public BareTransfer(int writers)
        : base(writers)
    {
        _slots = [.. Enumerable.Range(0, writers).Select(_ => GC.AllocateUninitializedArray<StreamEvent>(Capacity, pinned: true))];
        _positions = new long[((2 * writers) + 1) * 16];
    }

    /// <inheritdoc/>
    protected override void Write(int writer, long events)
    {
        ref long written = ref WrittenBy(writer);
        var spin = default(SpinWait);
        for (long done = 0; done < events;)
        {
            while (written - Volatile.Read(ref ReadOf(writer)) == Blocks)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            Span<StreamEvent> block = BlockOf(writer, written, events - done);
            for (int i = 0; i < block.Length; i++)
            {
                Fill(ref block[i], done + i);
            }

            done += block.Length;
            Volatile.Write(ref written, written + 1);
        }
    }

    /// <inheritdoc/>
    protected override long Read(long events)
    {
        long checksum = 0;
        long[] left = [.. Enumerable.Repeat(events / Writers, Writers)];
        var spin = default(SpinWait);
        for (long unread = events; unread > 0;)
        {
            bool found = false;
            for (int writer = 0; writer < left.Length; writer++)
            {
                ref long read = ref ReadOf(writer);
                if (Volatile.Read(ref WrittenBy(writer)) == read)
                {
                    continue;
                }

                ReadOnlySpan<StreamEvent> block = BlockOf(writer, read, left[writer]);
                foreach (ref readonly StreamEvent streamEvent in block)
                {
                    checksum += Look(in streamEvent);
                }

                left[writer] -= block.Length;
                unread -= block.Length;
                Volatile.Write(ref read, read + 1);
                found = true;
            }

            if (!found)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }

        return checksum;
    }

    private ref long WrittenBy(int writer) => ref _positions[((2 * writer) + 1) * 16];

    private ref long ReadOf(int writer) => ref _positions[((2 * writer) + 2) * 16];

    private Span<StreamEvent> BlockOf(int writer, long number, long most) =>
        _slots[writer].AsSpan((int)(number % Blocks) * Block, (int)Math.Min(Block, most));
}
