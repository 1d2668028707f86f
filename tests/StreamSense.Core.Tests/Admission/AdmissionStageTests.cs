using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Tests.Admission;

public sealed class AdmissionStageTests
{
    private const double Hour = 3600;

    private readonly AdmissionStage _stage = new(new Vocabulary(), new AdmissionOptions());

    [Fact]
    public void Admit_FarBehindTheWatermark_IsLate()
    {
        Assert.Equal(AdmissionVerdict.Apply, Admit(TestEvents.Numbered(1, 0, Hour)));
        Assert.Equal(AdmissionVerdict.Late, Admit(TestEvents.Numbered(2, 0, 0)));
        Assert.Equal((1L, 1L), (_stage.Totals.Accepted, _stage.Totals.Late));
    }

    [Theory]
    [InlineData(EventKind.Title)]
    [InlineData(EventKind.Profile)]
    public void Admit_RowOfLongAgo_IsNotLate(EventKind kind)
    {
        Admit(TestEvents.Numbered(1, 0, Hour));
        Assert.Equal(AdmissionVerdict.Apply, Admit(new StreamEvent { Id = new EventId(9), Kind = kind, Time = TestEvents.Start }));
    }

    [Fact]
    public void Admit_ReplayedEventOfLongAgo_IsNotLateAndOrdersWhatFollows()
    {
        Admit(TestEvents.Numbered(1, 0, Hour));
        StreamEvent replayed = TestEvents.Numbered(2, 7, 0);
        replayed.Flags |= EventFlags.Replayed;
        Assert.Equal(AdmissionVerdict.Apply, Admit(replayed));
        Assert.Equal(AdmissionVerdict.Apply, Admit(TestEvents.Numbered(2, 8, Hour)));
    }

    [Fact]
    public void Admit_SecondEventOfARecord_IsAppliedAndNotCounted()
    {
        StreamEvent second = TestEvents.Numbered(1, 1, 1);
        second.Flags |= EventFlags.Derived;
        Admit(TestEvents.Numbered(1, 0, 1));
        Assert.Equal(AdmissionVerdict.Apply, Admit(second));
        Assert.Equal(AdmissionVerdict.Duplicate, Admit(second));
        Assert.Equal((1L, 0L), (_stage.Totals.Accepted, _stage.Totals.Duplicates));
    }

    [Fact]
    public void Admit_CopyOfARequest_IsAppliedOnceAndNotCounted()
    {
        StreamEvent copy = TestEvents.Numbered(1, 3, 1, EventKind.PlaybackRequest);
        copy.Flags |= EventFlags.Broadcast;
        Assert.Equal(AdmissionVerdict.Apply, Admit(copy));
        Assert.Equal(AdmissionVerdict.Duplicate, Admit(copy));
        Assert.Equal(default, _stage.Totals);
    }

    [Fact]
    public void Admit_ClockHoursAheadWithoutSent_MakesNobodyElseLate()
    {
        Admit(Received(TestEvents.Numbered(1, 0, 3 * Hour), after: -3 * Hour));
        Assert.Equal(TestEvents.Start, _stage.Latest);
        Assert.Equal(AdmissionVerdict.Apply, Admit(Received(TestEvents.Numbered(2, 0, 1), after: 0.1)));
        Assert.Equal(0, _stage.Totals.Late);
    }

    [Fact]
    public void Admit_ClockHoursAheadThatIsTrusted_MakesNobodyElseLate()
    {
        var trusting = new AdmissionStage(new Vocabulary(), new AdmissionOptions { Clocks = ClockPolicy.Trust });
        StreamEvent ahead = Received(TestEvents.Numbered(1, 0, 3 * Hour), after: -3 * Hour);
        trusting.Admit(ref ahead, default, now: 0);
        Assert.Equal(TestEvents.Start, trusting.Latest);
    }

    [Fact]
    public void Admit_ClockHoursBehind_WaitsForASecondWitnessAndIsNotLate()
    {
        Admit(Received(TestEvents.Numbered(1, 0, 3 * Hour), after: 0.1));
        Assert.Equal(AdmissionVerdict.Unsettled, Admit(Received(TestEvents.Numbered(2, 0, 0), after: 3 * Hour)));
        Assert.Equal(AdmissionVerdict.Unsettled, Admit(Received(TestEvents.Numbered(2, 1, 10), after: 3 * Hour)));
        List<(AdmissionVerdict Verdict, StreamEvent Event)> settled = Settled();
        Assert.Equal([AdmissionVerdict.Apply, AdmissionVerdict.Apply], settled.Select(one => one.Verdict));
        Assert.Equal(TestEvents.Start + TimeSpan.FromHours(3), settled[0].Event.Time);
        Assert.Equal(TimeSpan.FromSeconds(10), settled[1].Event.Time - settled[0].Event.Time);
        Assert.Equal((3L, 0L), (_stage.Totals.Accepted, _stage.Totals.Late));
    }

    [Fact]
    public void Admit_QueueOfHoursAgo_IsLateAndKept()
    {
        var failed = new FailedEvents();
        var stage = new AdmissionStage(new Vocabulary(), new AdmissionOptions(), failed);
        foreach (double seconds in (double[])[0, 40, 80])
        {
            StreamEvent old = Received(TestEvents.Numbered(2, (uint)seconds, seconds), after: (3 * Hour) - seconds);
            Assert.Equal(AdmissionVerdict.Unsettled, stage.Admit(ref old, default, now: 0));
        }

        StreamEvent live = Received(TestEvents.Numbered(1, 0, 3 * Hour), after: 0.1);
        stage.Admit(ref live, default, now: 0);
        while (stage.Unsettled.TryPeekSettled(out int slot))
        {
            Assert.Equal(AdmissionVerdict.Late, stage.AdmitSettled(stage.Unsettled[slot].Event, default, now: 0));
            stage.Unsettled.Advance();
        }

        Assert.Equal(3, stage.Totals.Late);
        FailedEvent kept = failed.Newest(1)[0];
        Assert.Equal((RejectReason.Late, IngestStage.Admission), (kept.Reason, kept.Stage));
        Assert.Contains("\"seq\":80", System.Text.Encoding.UTF8.GetString(kept.Raw.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void ReleaseDue_PatienceWithAClock_LetsTheEventsGoUncorrected()
    {
        Admit(Received(TestEvents.Numbered(2, 0, 0), after: 3 * Hour));
        Assert.Equal(TimeSpan.TicksPerMinute, _stage.NextDue);
        _stage.ReleaseDue(TimeSpan.TicksPerMinute);
        Assert.Equal(TestEvents.Start, Assert.Single(Settled()).Event.Time);
        Assert.Equal(long.MaxValue, _stage.NextDue);
    }

    [Fact]
    public void Admit_AfterReplayOfACorrectedView_CorrectsTheRestAlike()
    {
        StreamEvent replayed = TestEvents.Numbered(1, 0, 0);
        replayed.Flags |= EventFlags.Replayed;
        replayed.CorrectionMilliseconds = -3_600_000;
        Admit(replayed);
        StreamEvent next = Received(TestEvents.Numbered(1, 1, Hour + 5), after: -Hour);
        Assert.Equal(AdmissionVerdict.Apply, _stage.Admit(ref next, default, now: 0));
        Assert.Equal(TestEvents.Start + TimeSpan.FromSeconds(5), next.Time);
    }

    [Fact]
    public void Ledger_NumbersPassedOver_AreMissingUntilTheyCome()
    {
        Admit(TestEvents.Numbered(1, 0, 0));
        Admit(TestEvents.Numbered(1, 3, 3));
        Assert.Equal(2, _stage.Ledger[default].Missing);
        Admit(TestEvents.Numbered(1, 1, 1));
        Assert.Equal(1, _stage.Ledger[default].Missing);
    }

    private static StreamEvent Received(StreamEvent streamEvent, double after)
    {
        streamEvent.ReceivedAfterMilliseconds = (int)(after * 1000);
        return streamEvent;
    }

    private List<(AdmissionVerdict Verdict, StreamEvent Event)> Settled()
    {
        var settled = new List<(AdmissionVerdict, StreamEvent)>();
        while (_stage.Unsettled.TryPeekSettled(out int slot))
        {
            StreamEvent e = _stage.Unsettled[slot].Event;
            settled.Add((_stage.AdmitSettled(e, default, now: 0), e));
            _stage.Unsettled.Advance();
        }

        return settled;
    }

    private AdmissionVerdict Admit(StreamEvent streamEvent) => _stage.Admit(ref streamEvent, default, now: 0);
}
