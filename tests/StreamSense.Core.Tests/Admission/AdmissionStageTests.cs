using StreamSense.Core.Admission;
using StreamSense.Core.Events;

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

    private AdmissionVerdict Admit(StreamEvent streamEvent) => _stage.Admit(ref streamEvent, default, now: 0);
}
