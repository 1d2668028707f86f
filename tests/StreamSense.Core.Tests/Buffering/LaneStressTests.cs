using StreamSense.Core.Buffering;
using StreamSense.Core.Diagnostics;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Buffering;

public sealed class LaneStressTests
{
    private const int PerWriter = 1_000_000;
    private static readonly TimeSpan Spell = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(64)]
    [InlineData(16_384)]
    public void Write_TwoWritersOneReader_EveryEventArrivesWholeOnceAndInOrder(int slots)
    {
        var drops = new DropCounters();
        var lanes = new LaneSet(new LaneOptions { SlotCount = slots }, drops);
        var first = new EventWriter([lanes], drops);
        var second = new EventWriter([lanes], drops);
        Threads.Run(
            () => WriteSingly(first, parity: 0),
            () => WriteInBatches(second, parity: 1),
            () => ReadAll(lanes));

        Assert.Equal(0, drops.Total);
        lanes.Peek(1);
        Assert.Equal(0, lanes.Count);
    }

    [Fact]
    public void Write_Annexes_ArriveWithTheirEvents()
    {
        const int Events = 300_000;
        var drops = new DropCounters();
        var lanes = new LaneSet(new LaneOptions { SlotCount = 256, AnnexBytes = 4096, MaxAnnexBytesPerEvent = 200 }, drops);
        var writer = new EventWriter([lanes], drops);
        Threads.Run(
            () =>
            {
                Span<byte> buffer = stackalloc byte[200];
                for (int i = 0; i < Events; i++)
                {
                    Assert.Equal(WriteOutcome.Written, writer.Write(Samples.Event(i), Samples.Annex(i, buffer)));
                }

                writer.Dispose();
            },
            () =>
            {
                Span<byte> buffer = stackalloc byte[200];
                for (int i = 0; i < Events;)
                {
                    EventBatch batch = lanes.Peek(50);
                    foreach (ref readonly StreamEvent streamEvent in batch.Events)
                    {
                        Assert.True(batch.AnnexOf(in streamEvent).SequenceEqual(Samples.Annex(i++, buffer)));
                    }

                    Release(lanes, batch.Events.Length);
                }
            });
    }

    [Fact]
    public void Rent_WritersComeAndGoWhileTheReaderReads_NothingIsLost()
    {
        const int Visits = 2_000;
        const int PerVisit = 37;
        var drops = new DropCounters();
        var lanes = new LaneSet(new LaneOptions { SlotCount = 64, AnnexBytes = 4096, MaxAnnexBytesPerEvent = 64 }, drops);
        long sum = 0;
        Threads.Run(
            () => Visit(1),
            () => Visit(2),
            () =>
            {
                for (long read = 0; read < 2L * Visits * PerVisit;)
                {
                    EventBatch batch = lanes.Peek(64);
                    read += batch.Events.Length;
                    foreach (ref readonly StreamEvent streamEvent in batch.Events)
                    {
                        sum += (long)streamEvent.Id.Value;
                    }

                    Release(lanes, batch.Events.Length);
                }
            });
        lanes.Peek(1);
        lanes.Peek(1);

        Assert.Equal(Visits * (1L + 2) * (PerVisit * (PerVisit + 1) / 2), sum);
        Assert.Equal(0, lanes.Count);
        Assert.Equal(0, drops.Total);

        void Visit(long factor)
        {
            for (int visit = 0; visit < Visits; visit++)
            {
                using EventWriter writer = Rent(lanes, drops);
                for (int i = 1; i <= PerVisit; i++)
                {
                    writer.Write(Samples.Event(i * factor), default);
                }
            }
        }
    }

    // Lanes that wait to be drained count too: whoever comes and goes faster than the reader meets the bound.
    private static EventWriter Rent(LaneSet lanes, DropCounters drops)
    {
        while (true)
        {
            try
            {
                return new EventWriter([lanes], drops);
            }
            catch (InvalidOperationException)
            {
                Thread.Yield();
            }
        }
    }

    private static void WriteSingly(EventWriter writer, ulong parity)
    {
        StreamEvent streamEvent = default;
        for (ulong i = 0; i < PerWriter; i++)
        {
            Samples.Fill(ref streamEvent, (i << 1) | parity);
            Assert.Equal(WriteOutcome.Written, writer.Write(in streamEvent, default));
        }

        writer.Dispose();
    }

    private static void WriteInBatches(EventWriter writer, ulong parity)
    {
        var batch = new StreamEvent[64];
        for (ulong i = 0; i < PerWriter; i += (ulong)batch.Length)
        {
            for (int j = 0; j < batch.Length; j++)
            {
                Samples.Fill(ref batch[j], ((i + (ulong)j) << 1) | parity);
            }

            for (int done = 0; done < batch.Length;)
            {
                done += writer.TryWrite(batch.AsSpan(done));
                if (done < batch.Length)
                {
                    Assert.True(writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult());
                }
            }
        }

        writer.Dispose();
    }

    private static void ReadAll(LaneSet lanes)
    {
        Span<ulong> next = stackalloc ulong[2];
        while (next[0] + next[1] < 2UL * PerWriter)
        {
            ReadOnlySpan<StreamEvent> events = lanes.Peek(256).Events;
            foreach (ref readonly StreamEvent streamEvent in events)
            {
                int writer = (int)(streamEvent.Id.Value & 1);
                if (!Samples.IsFilled(in streamEvent, (next[writer]++ << 1) | (uint)writer))
                {
                    Assert.Fail($"Writer {writer}: event {next[writer] - 1} is torn or out of order.");
                }
            }

            Release(lanes, events.Length);
        }
    }

    private static void Release(LaneSet lanes, int count)
    {
        if (count > 0)
        {
            lanes.Advance(count);
        }
        else
        {
            WaitStrategy.Block.Wait(lanes, Spell);
        }
    }
}
