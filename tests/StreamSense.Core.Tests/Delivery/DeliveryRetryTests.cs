using StreamSense.Core.Delivery;

namespace StreamSense.Core.Tests.Delivery;

public sealed class DeliveryRetryTests
{
    private static readonly RetrySchedule FourTimes =
        RetrySchedule.Exponential(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(250), attempts: 4);

    [Fact]
    public async Task Step_SinkFailsTwice_TheSameBatchComesAgainUntilItIsApplied()
    {
        var rig = new DeliveryRig(
            new ScriptedSink((attempt, _) => attempt <= 2 ? throw new IOException("down") : ValueTask.CompletedTask),
            new DeliveryOptions { MaxDelay = TimeSpan.Zero, Retry = FourTimes });
        rig.Publish(3);
        NextStep next = await rig.SettleAsync();
        Assert.Equal(NextStep.Wait.Time, next.Kind);
        Assert.Equal(DeliveryState.BackingOff, rig.Delivery.State);

        // Published meanwhile: a batch that was tried does not change.
        rig.Publish(2);
        for (int i = 0; i < 2; i++)
        {
            rig.Clock.Advance(next.Delay);
            next = await rig.SettleAsync();
        }

        Assert.Equal([[1, 2, 3], [1, 2, 3], [1, 2, 3], [4, 5]], rig.Sink.Attempts);
        Assert.Equal([1UL, 2, 3, 4, 5], rig.Sink.Applied);
        Assert.Equal((2L, 4L), (rig.Delivery.Counts.FailedAttempts, rig.Delivery.Counts.Attempts));
        Assert.Equal("down", rig.Delivery.LastError?.Message);
        Assert.Equal(DeliveryState.Gathering, rig.Delivery.State);
    }

    [Fact]
    public async Task Step_BeforeTheDelayIsOver_DoesNotTry()
    {
        var rig = new DeliveryRig(
            new ScriptedSink((_, _) => throw new IOException("down")),
            new DeliveryOptions { MaxDelay = TimeSpan.Zero });
        rig.Publish(1);
        NextStep next = await rig.SettleAsync();
        rig.Clock.Advance(next.Delay - TimeSpan.FromTicks(1));
        Assert.Equal(new NextStep(NextStep.Wait.Time, TimeSpan.FromTicks(1)), await rig.SettleAsync());
        Assert.Single(rig.Sink.Attempts);
    }

    [Fact]
    public async Task Step_FailingForGood_FollowsTheScheduleAndDropsWithAReason()
    {
        var options = new DeliveryOptions { MaxDelay = TimeSpan.Zero, Retry = FourTimes, JitterSeed = 7 };
        var rig = new DeliveryRig(new ScriptedSink((attempt, _) => attempt <= 4 ? throw new IOException("down") : default), options);
        rig.Publish(3);
        var jitter = new Random(7);
        NextStep next = await rig.SettleAsync();
        for (int failures = 1; failures <= 3; failures++)
        {
            Assert.Equal(FourTimes.DelayAfter(failures, jitter.NextDouble()), next.Delay);
            rig.Clock.Advance(next.Delay);
            next = await rig.SettleAsync();
        }

        Assert.Equal((3L, 3L, 0L), (rig.Delivery.Counts.DroppedFailed, rig.Delivery.Counts.Dropped, rig.Delivery.Counts.Pending));
        rig.Publish(1);
        await rig.SettleAsync();
        Assert.Equal([4UL], rig.Sink.Applied);
    }

    [Fact]
    public async Task Step_Refused_DropsAtOnceWithAReason()
    {
        var rig = new DeliveryRig(
            new ScriptedSink((attempt, _) => attempt == 1 ? throw new BatchRefusedException("poison") : default),
            new DeliveryOptions { MaxBatchEvents = 2, OnFailure = FailureMode.Block });
        rig.Publish(4);
        await rig.SettleAsync();
        Assert.Equal([3UL, 4UL], rig.Sink.Applied);
        Assert.Equal(2, rig.Delivery.Counts.DroppedRefused);
    }

    [Fact]
    public async Task Step_Block_HoldsTheBatchHoweverOftenItFails()
    {
        var options = new DeliveryOptions { MaxDelay = TimeSpan.Zero, Retry = FourTimes, OnFailure = FailureMode.Block };
        bool down = true;
        var rig = new DeliveryRig(new ScriptedSink((_, _) => down ? throw new IOException("down") : default), options);
        rig.Publish(3);
        NextStep next = await rig.SettleAsync();
        for (int i = 0; i < 200; i++)
        {
            Assert.InRange(next.Delay, TimeSpan.FromMilliseconds(50), FourTimes.Longest);
            rig.Clock.Advance(next.Delay);
            next = await rig.SettleAsync();
        }

        Assert.Equal((0L, 3L), (rig.Delivery.Counts.Dropped, rig.Delivery.Counts.Pending));
        down = false;
        rig.Clock.Advance(next.Delay);
        await rig.SettleAsync();
        Assert.Equal([1UL, 2, 3], rig.Sink.Applied);
    }

    [Fact]
    public async Task Step_BlockWithoutASchedule_StillLeavesTheSinkTime()
    {
        var options = new DeliveryOptions { MaxDelay = TimeSpan.Zero, Retry = RetrySchedule.Never, OnFailure = FailureMode.Block };
        var rig = new DeliveryRig(new ScriptedSink((_, _) => throw new IOException("down")), options);
        rig.Publish(1);
        Assert.InRange((await rig.SettleAsync()).Delay, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Step_SinkStalls_IsCancelledAfterTheTimeoutAndTriedAgain()
    {
        var rig = new DeliveryRig(
            new ScriptedSink((attempt, token) => attempt == 1 ? new ValueTask(Task.Delay(Timeout.Infinite, token)) : default),
            new DeliveryOptions { MaxDelay = TimeSpan.Zero, AttemptTimeout = TimeSpan.FromSeconds(5) });
        rig.Publish(1);
        Task<NextStep> step = rig.SettleAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.False(step.IsCompleted);
        Assert.Equal(DeliveryState.Writing, rig.Delivery.State);
        rig.Clock.Advance(TimeSpan.FromTicks(1));
        NextStep next = await step;
        Assert.IsAssignableFrom<OperationCanceledException>(rig.Delivery.LastError);
        rig.Clock.Advance(next.Delay);
        await rig.SettleAsync();
        Assert.Equal([1UL], rig.Sink.Applied);
    }

    [Fact]
    public async Task Step_TimedOutSinkThatIgnoresIt_IsStillWaitedFor()
    {
        var inSink = new TaskCompletionSource();
        var rig = new DeliveryRig(new ScriptedSink((_, _) => new ValueTask(inSink.Task)), new DeliveryOptions { MaxDelay = TimeSpan.Zero });
        rig.Publish(1);
        Task<NextStep> step = rig.SettleAsync();
        rig.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(step.IsCompleted);
        inSink.SetResult();
        await step;
        Assert.Equal(1, rig.Delivery.Counts.Applied);
    }

    [Theory]
    [InlineData(1, 0.0, 50)]
    [InlineData(1, 1.0, 100)]
    [InlineData(2, 1.0, 200)]
    [InlineData(3, 1.0, 250)]
    [InlineData(3, 0.0, 125)]
    [InlineData(int.MaxValue, 1.0, 250)]
    public void DelayAfter_Failures_DoublesUpToTheLongest(int failures, double jitter, int expectedMs) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMs), FourTimes.DelayAfter(failures, jitter));

    [Fact]
    public void Exponential_BadValues_AreRefused()
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Exponential(TimeSpan.Zero, second, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Exponential(second, second / 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Exponential(second, second, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Exponential(second, TimeSpan.FromDays(2), 1));
    }
}
