using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Admission;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Admission;

public sealed class EventOrderTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    private readonly List<uint> _applied = [];

    [Fact]
    public void Offer_ContiguousNumbers_ApplyAtOnce()
    {
        EventOrder order = Create();
        for (uint i = 0; i < 5; i++)
        {
            Assert.True(Offer(order, TestEvents.Numbered(1, i, i), now: 0));
        }

        Assert.Equal(0, order.Count);
        Assert.Equal(long.MaxValue, order.NextDue);
    }

    [Fact]
    public void Offer_EventBeyondAGap_WaitsUntilTheGapIsFilled()
    {
        EventOrder order = Create();
        Offer(order, TestEvents.Numbered(1, 0, 0), 0);
        Assert.False(Offer(order, TestEvents.Numbered(1, 2, 2), 0));
        Assert.False(Offer(order, TestEvents.Numbered(1, 3, 3), 0));
        Assert.True(Offer(order, TestEvents.Numbered(1, 1, 1), 0));
        Assert.Equal([0u, 1, 2, 3], _applied);
        Assert.Equal(0, order.Count);
    }

    [Fact]
    public void ReleaseDue_PatienceOverTheGap_AppliesWhatWaits()
    {
        EventOrder order = Create();
        Offer(order, TestEvents.Numbered(1, 0, 0), 0);
        Offer(order, TestEvents.Numbered(1, 5, 5), Second);
        Offer(order, TestEvents.Numbered(1, 3, 3), 2 * Second);
        Assert.Equal(11 * Second, order.NextDue);
        order.ReleaseDue((11 * Second) - 1);
        Take(order);
        Assert.Equal([0u], _applied);
        order.ReleaseDue(11 * Second);
        Take(order);
        Assert.Equal([0u, 3, 5], _applied);
        Assert.True(Offer(order, TestEvents.Numbered(1, 6, 6), 12 * Second));
    }

    [Fact]
    public void Offer_NumberThatWasPassedOver_AppliesWhenItComes()
    {
        EventOrder order = Create();
        Offer(order, TestEvents.Numbered(1, 0, 0), 0);
        Offer(order, TestEvents.Numbered(1, 2, 2), 0);
        order.ReleaseAll();
        Take(order);
        Assert.True(Offer(order, TestEvents.Numbered(1, 1, 1), 0));
    }

    [Fact]
    public void Offer_SequenceJoinedInTheMiddle_WaitsOnlyTheHorizon()
    {
        EventOrder order = Create();
        Assert.False(Offer(order, TestEvents.Numbered(1, 41, 41), 0));
        Assert.False(Offer(order, TestEvents.Numbered(1, 40, 40), 0));
        order.ReleaseDue(2 * Second);
        Take(order);
        Assert.Equal([40u, 41], _applied);
        Assert.True(Offer(order, TestEvents.Numbered(1, 42, 42), 2 * Second));
    }

    [Fact]
    public void Offer_WithoutNumbers_ComeOutByTimeAfterTheHorizon()
    {
        EventOrder order = Create();
        Assert.False(order.Offer(TestEvents.Unnumbered(1, 1, 30), default, default, 0));
        Assert.False(order.Offer(TestEvents.Unnumbered(1, 2, 10), default, default, Second));
        Assert.False(order.Offer(TestEvents.Unnumbered(1, 3, 20), default, default, Second));
        order.ReleaseDue(2 * Second);
        var ids = new List<ulong>();
        while (order.TryTakeReady(out int slot))
        {
            ids.Add(order[slot].Event.Id.Value);
            order.Free(slot);
        }

        Assert.Equal([2ul, 3, 1], ids);
        Assert.Equal(0, order.Count);
    }

    [Fact]
    public void Offer_WithoutNumbersInOneInstant_ComeOutAsTheyCame()
    {
        EventOrder order = Create();
        ulong[] hashes = [9, 2, 7, 1, 8];
        Array.ForEach(hashes, hash => Assert.False(order.Offer(TestEvents.Unnumbered(1, hash, 30), default, default, 0)));
        order.ReleaseDue(2 * Second);
        foreach (ulong hash in hashes)
        {
            Assert.True(order.TryTakeReady(out int slot));
            Assert.Equal(hash, order[slot].Event.Id.Value);
        }
    }

    [Fact]
    public void Offer_EventOfNoView_AppliesAtOnce() =>
        Assert.True(Create().Offer(new StreamEvent { Kind = EventKind.Click, Id = new EventId(1) }, default, default, 0));

    [Fact]
    public void ReleaseOldest_FullPool_MakesRoom()
    {
        EventOrder order = Create(new AdmissionOptions { MaxHeldEvents = 16 });
        for (uint i = 0; i < 16; i++)
        {
            Offer(order, TestEvents.Numbered(i + 1, 7, i), i);
        }

        Assert.True(order.IsFull);
        order.ReleaseOldest();
        Take(order);
        Assert.False(order.IsFull);
        Assert.Single(_applied);
    }

    [Fact]
    public void Offer_MoreSequencesThanTheTableHolds_ForgetsTheOldestAndLosesNothing()
    {
        EventOrder order = Create(new AdmissionOptions { MaxSequences = 16 });
        for (uint view = 1; view <= 100; view++)
        {
            Offer(order, TestEvents.Numbered(view, 0, 0), 0);
            Offer(order, TestEvents.Numbered(view, 2, 2), 0);
        }

        order.ReleaseAll();
        Take(order);
        Assert.Equal(200, _applied.Count);
    }

    [Fact]
    public void Observe_AfterReplay_TheNextNumberAppliesAtOnce()
    {
        EventOrder order = Create();
        order.Observe(TestEvents.Numbered(1, 8, 0), default);
        Assert.True(Offer(order, TestEvents.Numbered(1, 9, 1), 0));
    }

    [Fact]
    public void Offer_AnyPermutation_GivesTheSameOrder()
    {
        var property = Prop.ForAll(
            Gen.Shuffle(Enumerable.Range(0, 24).Select(i => (uint)i).ToArray()).ToArbitrary(),
            permutation =>
            {
                _applied.Clear();
                EventOrder order = Create();
                foreach (uint sequence in permutation)
                {
                    Offer(order, TestEvents.Numbered(1, sequence, sequence), 0);
                }

                return _applied.SequenceEqual(Enumerable.Range(0, 24).Select(i => (uint)i)) && order.Count == 0;
            });
        property.QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Offer_AnnexOfAWaitingEvent_IsKept()
    {
        EventOrder order = Create();
        order.Offer(TestEvents.Numbered(1, 3, 0), default, "\"code\":1"u8, 0);
        order.ReleaseAll();
        Assert.True(order.TryTakeReady(out int slot));
        Assert.Equal("\"code\":1"u8.ToArray(), order[slot].AnnexBytes.ToArray());
    }

    private static EventOrder Create(AdmissionOptions? options = null) => new(options ?? new AdmissionOptions());

    private bool Offer(EventOrder order, StreamEvent streamEvent, long now)
    {
        bool atOnce = order.Offer(streamEvent, default, default, now);
        if (atOnce)
        {
            _applied.Add(streamEvent.Sequence);
            Take(order);
        }

        return atOnce;
    }

    private void Take(EventOrder order)
    {
        while (order.TryTakeReady(out int slot))
        {
            _applied.Add(order[slot].Event.Sequence);
            order.Free(slot);
        }
    }
}
