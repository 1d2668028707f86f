using StreamSense.Core.Admission;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Admission;

public sealed class ViewClockTests
{
    private const int Hour = 3_600_000;

    private ViewClock _clock;

    [Fact]
    public void Observe_EventAfterItsReceipt_CorrectsAtOnce()
    {
        Assert.True(Observe(at: 0, delay: -3 * Hour));
        Assert.Equal(-3 * Hour, _clock.OffsetMilliseconds);
    }

    [Theory]
    [InlineData(-4_900)]
    [InlineData(200)]
    [InlineData(59_000)]
    public void Observe_DelayThatANetworkExplains_CorrectsNothing(int delay)
    {
        Assert.True(Observe(at: 0, delay));
        Assert.Equal(0, _clock.OffsetMilliseconds);
    }

    [Fact]
    public void Observe_BehindAndRunningAsFastAsTheReceiver_CorrectsByTheLeastDelay()
    {
        Assert.False(Observe(at: 0, delay: (3 * Hour) + 900));
        Assert.False(Observe(at: 2, delay: (3 * Hour) + 100));
        Assert.True(Observe(at: 12, delay: (3 * Hour) + 400));
        Assert.Equal((3 * Hour) + 100, _clock.OffsetMilliseconds);
    }

    [Fact]
    public void Observe_QueueEmptiedAtOnce_CorrectsNothing()
    {
        // One body holds two minutes: heard at one instant.
        Assert.False(Observe(at: 0, delay: 3 * Hour));
        Assert.False(Observe(at: 50, delay: (3 * Hour) - 50_000));
        Assert.True(Observe(at: 120, delay: (3 * Hour) - 120_000));
        Assert.Equal(0, _clock.OffsetMilliseconds);
    }

    [Fact]
    public void Observe_QueueAfterALiveEvent_CorrectsNothing()
    {
        Assert.True(Observe(at: 0, delay: 100));
        Assert.True(Observe(at: 10, delay: 3 * Hour));
        Assert.True(Observe(at: 20, delay: (3 * Hour) + 10));
        Assert.Equal(0, _clock.OffsetMilliseconds);
    }

    [Fact]
    public void Observe_OnceSettled_NeverChanges()
    {
        Observe(at: 0, delay: -3 * Hour);
        Observe(at: 10, delay: -4 * Hour);
        Observe(at: 20, delay: 100);
        Assert.Equal(-3 * Hour, _clock.OffsetMilliseconds);
    }

    [Fact]
    public void Observe_TwoBatchesOfALiveSenderFarBehind_Corrects()
    {
        // Sent every 20 s: each body holds what happened since the one before.
        for (int second = 0; second <= 20; second += 5)
        {
            Assert.False(Observe(second, (2 * Hour) + ((20 - second) * 1000)));
        }

        Assert.True(Observe(25, (2 * Hour) + 15_000));
        Assert.Equal(2 * Hour, _clock.OffsetMilliseconds);
    }

    [Fact]
    public void Shift_MovesTheTimeAndKeepsTheReceipt()
    {
        StreamEvent e = TestEvents.Numbered(1, 0, 0);
        e.ReceivedAfterMilliseconds = -Hour;
        ViewClock.Shift(ref e, -Hour);
        Assert.Equal((TestEvents.Start - TimeSpan.FromHours(1), 0, -Hour), (e.Time, e.ReceivedAfterMilliseconds, e.CorrectionMilliseconds));
    }

    private bool Observe(double at, int delay)
    {
        StreamEvent e = TestEvents.Numbered(1, 0, at);
        e.ReceivedAfterMilliseconds = delay;
        return _clock.Observe(e, ClockPolicy.Default);
    }
}
