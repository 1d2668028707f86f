using System.Threading.Channels;
using StreamSense.Core.Events;

namespace StreamSense.Throughput.Buffering;

/// <summary>What a user takes for a bounded hand-over: a bounded channel with one reader.</summary>
public sealed class ChannelTransfer : Transfer
{
    private readonly Channel<StreamEvent> _channel;

    /// <summary>Creates the channel.</summary>
    public ChannelTransfer(int writers)
        : base(writers) =>
        _channel = Channel.CreateBounded<StreamEvent>(
            new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = writers == 1 });

    /// <inheritdoc/>
    protected override void Write(int writer, long events)
    {
        ChannelWriter<StreamEvent> output = _channel.Writer;
        StreamEvent streamEvent = default;
        var spin = default(SpinWait);
        for (long i = 0; i < events; i++)
        {
            Fill(ref streamEvent, i);
            while (!output.TryWrite(streamEvent))
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <inheritdoc/>
    protected override long Read(long events)
    {
        ChannelReader<StreamEvent> input = _channel.Reader;
        long checksum = 0;
        var spin = default(SpinWait);
        for (long read = 0; read < events;)
        {
            if (input.TryRead(out StreamEvent streamEvent))
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
