using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Buffering;

public sealed class RingStressTests
{
    private const long Events = 500_000;
    private static readonly TimeSpan Spell = TimeSpan.FromSeconds(10);

    [Fact]
    public void TryPublish_TwoCursorsOnThreads_BothReadEverythingInOrder()
    {
        var ring = new EventRing(new RingOptions { SlotCount = 1024, AnnexBytes = 8192, MaxAnnexBytesPerEvent = 64 });
        RingCursor first = ring.AddCursor();
        RingCursor second = ring.AddCursor();
        Threads.Run(() => Produce(ring), () => Consume(first, 0), () => Consume(second, 0));
        Assert.True(first.IsCompleted);
        Assert.True(second.IsCompleted);
    }

    [Fact]
    public void AddCursor_WhileTheProducerRuns_ReadsWithoutAGapFromWhereItStarts()
    {
        var ring = new EventRing(new RingOptions { SlotCount = 64, AnnexBytes = 8192, MaxAnnexBytesPerEvent = 64 });
        RingCursor steady = ring.AddCursor();
        Threads.Run(
            () => Produce(ring),
            () => Consume(steady, 0),
            () =>
            {
                while (!ring.IsCompleted)
                {
                    using RingCursor guest = ring.AddCursor();
                    Consume(guest, guest.Position, most: 500);
                }
            });
        Assert.Equal(Events, steady.Position);
    }

    private static void Produce(EventRing ring)
    {
        Span<byte> buffer = stackalloc byte[64];
        StreamEvent streamEvent = default;
        for (long i = 0; i < Events; i++)
        {
            Samples.Fill(ref streamEvent, (ulong)i);
            while (!ring.TryPublish(in streamEvent, Samples.Annex(i, buffer)))
            {
                WaitStrategy.Block.Wait(ring.Room, Spell);
            }
        }

        ring.Complete();
    }

    private static void Consume(RingCursor cursor, long next, long most = long.MaxValue)
    {
        Span<byte> buffer = stackalloc byte[64];
        for (long end = most == long.MaxValue ? most : next + most; next < end && !cursor.IsCompleted;)
        {
            EventBatch batch = cursor.Peek(100);
            foreach (ref readonly StreamEvent streamEvent in batch.Events)
            {
                if (!Samples.IsFilled(in streamEvent, (ulong)next)
                    || !batch.AnnexOf(in streamEvent).SequenceEqual(Samples.Annex(next, buffer)))
                {
                    Assert.Fail($"Event {next} is torn, out of order or has a foreign annex.");
                }

                next++;
            }

            cursor.Advance(batch.Events.Length);
            if (batch.Events.IsEmpty)
            {
                WaitStrategy.Block.Wait(cursor, Spell);
            }
        }
    }
}
