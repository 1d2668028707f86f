using System.Threading.Channels;
using StreamSense.Core.Events;

namespace StreamSense.Throughput.Buffering;

/// <summary>What a user takes for a bounded hand-over: a bounded channel with one reader.</summary>
/// <remarks>
/// The fields that all of its threads write lie within one cache line or across two, as the heap has it: nearly twice as fast where they
/// lie well, which is at three of the eight places that an object can have in a line. So every round has a channel of its own, somewhere.
/// </remarks>
public sealed class ChannelTransfer : Transfer
{
    private const int MostGap = 512;

    private readonly Random _places = new(1);
    private (byte[] Gap, Channel<StreamEvent> Channel) _made;

    /// <summary>Creates the first channel.</summary>
    public ChannelTransfer(int writers)
        : base(writers) =>
        Renew();

    /// <summary>Takes another channel, at another place.</summary>
    public void Renew()
    {
        // The gap is kept, or else the collector would move the channel to where the gap was.
        _made = (new byte[_places.Next(MostGap)], Channel.CreateBounded<StreamEvent>(
            new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = Writers == 1 }));

        // A channel grows as it fills; that is not what is measured.
        while (_made.Channel.Writer.TryWrite(default))
        {
        }

        while (_made.Channel.Reader.TryRead(out _))
        {
        }
    }

    /// <inheritdoc/>
    protected override void Write(int writer, long events)
    {
        ChannelWriter<StreamEvent> output = _made.Channel.Writer;
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
        ChannelReader<StreamEvent> input = _made.Channel.Reader;
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
