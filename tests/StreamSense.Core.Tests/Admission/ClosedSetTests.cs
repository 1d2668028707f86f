using System.Text;
using StreamSense.Core.Admission;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Admission;

public sealed class ClosedSetTests
{
    private readonly Vocabulary _vocabulary = new();

    [Fact]
    public void Write_SameIdAgain_TheFirstWins()
    {
        var set = new ClosedSet(_vocabulary);
        set.Write(TestEvents.Numbered(1, 0, 1), default);
        set.Write(TestEvents.Numbered(1, 0, 9), default);
        Assert.Equal((1, 1), (set.Totals.Accepted, set.Totals.Duplicates));
        Assert.Equal(TestEvents.Start + TimeSpan.FromSeconds(1), Deliver(set).Single().Time);
    }

    [Fact]
    public void Deliver_NumberedEvents_FollowTheirNumberNotTheirTime()
    {
        var set = new ClosedSet(_vocabulary);
        set.Write(TestEvents.Numbered(1, 2, 5), default);
        set.Write(TestEvents.Numbered(1, 0, 3), default);
        set.Write(TestEvents.Numbered(1, 1, 4), default);
        set.Write(TestEvents.Numbered(1, 3, 1), default);
        Assert.Equal([0u, 1, 2, 3], Deliver(set).Select(e => e.Sequence));
    }

    [Fact]
    public void Deliver_TwoViews_AreMergedByTime()
    {
        var set = new ClosedSet(_vocabulary);
        set.Write(TestEvents.Numbered(1, 0, 0), default);
        set.Write(TestEvents.Numbered(1, 1, 10), default);
        set.Write(TestEvents.Numbered(2, 0, 5), default);
        Assert.Equal([1ul, 2, 1], Deliver(set).Select(e => e.View.Value));
    }

    [Fact]
    public void Deliver_SameInstantWithoutNumbers_FollowsTheTextOfTheIds()
    {
        var set = new ClosedSet(_vocabulary);
        Write(set, TestEvents.Unnumbered(1, 1, 5), "c");
        Write(set, TestEvents.Unnumbered(1, 2, 5), "a");
        Write(set, TestEvents.Unnumbered(1, 3, 5), "b");
        Assert.Equal([2ul, 3, 1], Deliver(set).Select(e => e.Id.Value));
    }

    [Fact]
    public void Deliver_SameInstantWithNumbersAndIds_KeepsTheNumbersInOrder()
    {
        var set = new ClosedSet(_vocabulary);
        Write(set, TestEvents.Numbered(1, 6, 5, id: 60), "a");
        Write(set, TestEvents.Unnumbered(2, 7, 5), "m");
        Write(set, TestEvents.Numbered(1, 5, 5, id: 50), "z");
        Assert.Equal([7ul, 50, 60], Deliver(set).Select(e => e.Id.Value));
    }

    [Fact]
    public void Deliver_SameInstantAndNothingElseToTellThemApart_IsInTheOrderWritten()
    {
        var set = new ClosedSet(_vocabulary);
        ulong[] hashes = [9, 2, 7, 1, 8];
        Array.ForEach(hashes, hash => set.Write(TestEvents.Unnumbered(1, hash, 5), default));
        Assert.Equal(hashes, Deliver(set).Select(e => e.Id.Value));
    }

    [Fact]
    public void Deliver_SameInstantOfSequencesWrittenBackwards_KeepsTheNumbersInOrder()
    {
        var set = new ClosedSet(_vocabulary);
        set.Write(TestEvents.Numbered(1, 6, 5, id: 60), default);
        set.Write(TestEvents.Unnumbered(3, 9, 5), default);
        set.Write(TestEvents.Numbered(2, 1, 5, id: 10), default);
        set.Write(TestEvents.Numbered(1, 5, 5, id: 50), default);
        set.Write(TestEvents.Unnumbered(3, 1, 5), default);
        Assert.Equal([9ul, 10, 50, 60, 1], Deliver(set).Select(e => e.Id.Value));
    }

    [Fact]
    public void Write_FarBehindTheWatermarkOfItsSource_IsLate()
    {
        var set = new ClosedSet(_vocabulary, new ClosedSetOptions { Lateness = LatenessPolicy.Drop(TimeSpan.FromSeconds(10)) });
        ContextId other = _vocabulary.Contexts.Intern(new EventContext { Source = _vocabulary.Sources.Intern("other") });
        set.Write(TestEvents.Numbered(1, 0, 100), default);
        set.Write(TestEvents.Numbered(1, 1, 90), default);
        set.Write(TestEvents.Numbered(1, 2, 89.9), default);
        set.Write(TestEvents.Numbered(2, 0, 5) with { Context = other }, default);
        Assert.Equal((3, 1), (set.Totals.Accepted, set.Totals.Late));
        Assert.Equal(TestEvents.Start + TimeSpan.FromSeconds(5), set.Totals.From);
        Assert.Equal(TestEvents.Start + TimeSpan.FromSeconds(100), set.Totals.To);
    }

    [Fact]
    public void Write_TimeAheadOfItsReceipt_DoesNotMakeOthersLate()
    {
        var set = new ClosedSet(_vocabulary, new ClosedSetOptions { Lateness = LatenessPolicy.Drop(TimeSpan.FromSeconds(10)) });
        set.Write(TestEvents.Numbered(1, 0, 36_000) with { ReceivedAfterMilliseconds = -36_000_000 }, default);
        set.Write(TestEvents.Numbered(2, 0, 1), default);
        Assert.Equal(0, set.Totals.Late);
    }

    [Fact]
    public void Deliver_Annexes_ArriveWithTheirEvents()
    {
        var set = new ClosedSet(_vocabulary);
        for (uint i = 0; i < 5000; i++)
        {
            set.Write(TestEvents.Numbered(1, i, i), Encoding.UTF8.GetBytes($"\"code\":{i},\"message\":\"{new string('x', 400)}\""));
        }

        var consumer = new AnnexCheck();
        set.Deliver(consumer);
        Assert.Equal(5000, consumer.Seen);
    }

    [Fact]
    public void Write_MoreThanTheSetMayHold_IsRefused()
    {
        var set = new ClosedSet(_vocabulary, new ClosedSetOptions { MaxEvents = 2 });
        set.Write(TestEvents.Numbered(1, 0, 0), default);
        set.Write(TestEvents.Numbered(1, 1, 0), default);
        Assert.Equal(WriteOutcome.Refused, set.Write(TestEvents.Numbered(1, 2, 0), default));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public void Deliver_ClockHoursOff_IsPutRightInAnyOrder(int hours)
    {
        StreamEvent[] events = [.. Enumerable.Range(0, 20).Select(i =>
        {
            StreamEvent e = TestEvents.Numbered(1, (uint)i, i * 10);
            e.ReceivedAfterMilliseconds = (hours * 3_600_000) + (i == 7 ? 0 : 300);
            return e;
        })];
        foreach (StreamEvent[] order in (StreamEvent[][])[events, [.. events.Reverse()]])
        {
            var set = new ClosedSet(_vocabulary, new ClosedSetOptions { Lateness = LatenessPolicy.AcceptAll });
            Array.ForEach(order, e => set.Write(e, default));
            List<StreamEvent> delivered = Deliver(set);
            TimeSpan off = delivered[0].Time - TestEvents.Start - TimeSpan.FromHours(hours);
            Assert.InRange(off, TimeSpan.Zero, TimeSpan.FromMilliseconds(300));
            Assert.All(
                delivered.Zip(delivered.Skip(1)),
                pair => Assert.Equal(TimeSpan.FromSeconds(10), pair.Second.Time - pair.First.Time));
            Assert.Equal(delivered[0].Time, set.Totals.From);
        }
    }

    [Fact]
    public void Totals_WrittenInTwoParts_AreThoseOfOne()
    {
        var set = new ClosedSet(_vocabulary);
        for (uint i = 0; i < 10; i++)
        {
            StreamEvent e = TestEvents.Numbered(1, i, i * 10);
            e.ReceivedAfterMilliseconds = -3_600_000;
            set.Write(e, default);
            Assert.Equal(TestEvents.Start - TimeSpan.FromHours(1), set.Totals.From);
            Assert.Equal(i + 1, set.Totals.Accepted);
        }
    }

    [Fact]
    public void DeliverTitles_RowsOfOneInstant_FollowTheTextOfTheirIds()
    {
        var set = new ClosedSet(_vocabulary);
        Write(set, TestEvents.Unnumbered(0, 1, 5) with { Kind = EventKind.Title }, "c");
        Write(set, TestEvents.Unnumbered(1, 2, 5), "a");
        Write(set, TestEvents.Unnumbered(0, 3, 5) with { Kind = EventKind.Title }, "b");
        Write(set, TestEvents.Unnumbered(0, 4, 4) with { Kind = EventKind.Title }, "d");
        var rows = new Collector();
        set.DeliverTitles(rows);

        Assert.Equal([4ul, 3, 1], rows.Events.Select(e => e.Id.Value));
    }

    private static void Write(ClosedSet set, StreamEvent streamEvent, string id) =>
        set.Write(streamEvent, Encoding.UTF8.GetBytes($"\"code\":\"x\",\"id\":\"{id}\""));

    private static List<StreamEvent> Deliver(ClosedSet set)
    {
        var consumer = new Collector();
        set.Deliver(consumer);
        return consumer.Events;
    }

    private sealed class Collector : IEventConsumer
    {
        public List<StreamEvent> Events { get; } = [];

        public void Consume(in EventBatch batch) => Events.AddRange(batch.Events);
    }

    private sealed class AnnexCheck : IEventConsumer
    {
        public int Seen { get; private set; }

        public void Consume(in EventBatch batch)
        {
            foreach (ref readonly StreamEvent e in batch.Events)
            {
                Assert.StartsWith($"\"code\":{e.Sequence},", Encoding.UTF8.GetString(batch.AnnexOf(e)), StringComparison.Ordinal);
                Seen++;
            }
        }
    }
}
