using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

public sealed class WatermarkTrackerTests
{
    private static readonly Symbol Web = new(2);
    private static readonly Symbol Tv = new(3);

    [Fact]
    public void AdvanceTo_SeveralSources_IsTheDelayBehindTheSlowest()
    {
        var tracker = new WatermarkTracker(WatermarkPolicy.BoundedDelay(TimeSpan.FromSeconds(5)));
        Assert.Null(tracker.AdvanceTo(At(1)));
        tracker.Note(Web, At(100), At(100));
        tracker.Note(Tv, At(70), At(100));

        Assert.Equal(At(65), tracker.AdvanceTo(At(101)));
    }

    [Fact]
    public void Note_ATimeAheadOfItsArrival_MovesOnlyToTheArrival()
    {
        var tracker = new WatermarkTracker(WatermarkPolicy.Ascending);
        tracker.Note(Web, At(5_000), At(100));

        Assert.Equal(At(100), tracker.AdvanceTo(At(100)));
    }

    [Fact]
    public void AdvanceTo_ASourceThatIsSilent_IsWaitedForOnlySoLong()
    {
        var tracker = new WatermarkTracker(WatermarkPolicy.Ascending.WithIdleAfter(TimeSpan.FromSeconds(30)));
        tracker.Note(Web, At(10), At(10));
        tracker.Note(Tv, At(40), At(40));
        Assert.Equal(At(10), tracker.AdvanceTo(At(40)));
        Assert.Equal(At(40), tracker.AdvanceTo(At(41)));

        // What the silent one says when it is back does not move the watermark back.
        tracker.Note(Web, At(12), At(42));
        Assert.Equal(At(40), tracker.AdvanceTo(At(42)));
    }

    [Fact]
    public void AdvanceTo_AllSourcesSilent_FollowsTheClock()
    {
        WatermarkPolicy policy = WatermarkPolicy.BoundedDelay(TimeSpan.FromSeconds(5)).WithIdleAfter(TimeSpan.FromSeconds(30));
        var tracker = new WatermarkTracker(policy);
        tracker.Note(Web, At(10), At(10));

        Assert.Equal(At(965), tracker.AdvanceTo(At(1_000)));
    }

    private static EventTime At(int second) => new(second * EventTime.MicrosecondsPerSecond);
}
