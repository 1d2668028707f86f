using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Testing.Clock;

namespace StreamSense.Core.Tests.Delivery;

/// <summary>A ring, a clock and a delivery that a test steps by hand.</summary>
internal sealed class DeliveryRig
{
    private ulong _lastId;

    public DeliveryRig(ScriptedSink sink, DeliveryOptions? options = null, int shards = 1)
    {
        Sink = sink;
        Rings = [.. Enumerable.Range(0, shards).Select(_ => new EventRing(new RingOptions { SlotCount = 4096 }))];
        Delivery = new BatchingDelivery(sink, Rings, options, Clock);
    }

    public FakeTimeProvider Clock { get; } = new();

    public ScriptedSink Sink { get; }

    public EventRing[] Rings { get; }

    public BatchingDelivery Delivery { get; }

    public static IEnumerable<ulong> Ids(int from, int count) => Enumerable.Range(from, count).Select(id => (ulong)id);

    public void Publish(int count, EventFlags flags = EventFlags.None, string annex = "", int shard = 0)
    {
        for (int i = 0; i < count; i++)
        {
            var streamEvent = new StreamEvent { Id = new EventId(++_lastId), Flags = flags };
            Assert.True(Rings[shard].TryPublish(in streamEvent, Encoding.UTF8.GetBytes(annex)));
        }
    }

    /// <summary>Steps while there is something to do; gives what is waited for then.</summary>
    public async Task<NextStep> SettleAsync()
    {
        for (int i = 0; i < 100_000; i++)
        {
            NextStep next = await Delivery.Machine.StepAsync();
            AssertAccounts();
            if (next.Kind != NextStep.Wait.Nothing)
            {
                return next;
            }
        }

        throw new InvalidOperationException("The delivery never comes to rest.");
    }

    public void AssertAccounts()
    {
        DeliveryCounts counts = Delivery.Counts;
        Assert.Equal(Rings.Sum(ring => ring.Published), counts.Offered);
        Assert.Equal(counts.Enqueued, counts.Applied + counts.Dropped + counts.Pending);
        Assert.Equal(Sink.Applied.Count, counts.Applied);
        Assert.Equal(Sink.Attempts.Count, counts.Attempts);
    }
}
