using StreamSense.Testing.Clock;

namespace StreamSense.Testing.Tests.Clock;

public sealed class FakeTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    [Fact]
    public void GetUtcNow_UntilAdvanced_StandsStill()
    {
        var clock = new FakeTimeProvider(Start);
        long stamp = clock.GetTimestamp();

        Assert.Equal(Start, clock.GetUtcNow());
        clock.Advance(TimeSpan.FromMilliseconds(1.5));
        Assert.Equal(Start.AddMilliseconds(1.5), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMilliseconds(1.5), clock.GetElapsedTime(stamp));
        Assert.Equal(TimeZoneInfo.Utc, clock.LocalTimeZone);
    }

    [Fact]
    public void Advance_OverSeveralTimers_FiresThemInTheOrderOfTheirTimes()
    {
        var clock = new FakeTimeProvider(Start);
        var fired = new List<string>();
        using ITimer late = Timer(clock, () => fired.Add($"late {Seconds(clock)}"), 5, -1);
        using ITimer beat = Timer(clock, () => fired.Add($"beat {Seconds(clock)}"), 2, 2);

        clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["beat 2", "beat 4", "late 5", "beat 6"], fired);
        Assert.Equal(1, clock.PendingTimers);
        Assert.Equal(TimeSpan.FromSeconds(2), clock.UntilNextTimer);
    }

    [Fact]
    public void Advance_TimersOfOneMoment_FireInTheOrderOfTheirArming()
    {
        var clock = new FakeTimeProvider(Start);
        var fired = new List<int>();
        for (int i = 0; i < 4; i++)
        {
            int number = i;
            Timer(clock, () => fired.Add(number), 3, -1);
        }

        clock.AdvanceTo(Start.AddSeconds(3));

        Assert.Equal([0, 1, 2, 3], fired);
        Assert.Null(clock.UntilNextTimer);
    }

    [Fact]
    public void Advance_ByZero_FiresWhatIsDueAtOnce()
    {
        var clock = new FakeTimeProvider(Start);
        int fired = 0;
        using ITimer timer = Timer(clock, () => fired++, 0, -1);

        Assert.Equal(0, fired);
        clock.Advance(TimeSpan.Zero);
        Assert.Equal(1, fired);
    }

    [Fact]
    public void Advance_BackInTime_Throws()
    {
        var clock = new FakeTimeProvider(Start);

        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.AdvanceTo(Start.AddTicks(-1)));
        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public void Advance_WithATimerThatArmsItselfAtOnce_ThrowsInsteadOfHanging()
    {
        var clock = new FakeTimeProvider(Start);
        ITimer? timer = null;
        timer = clock.CreateTimer(_ => timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan),
            null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        Assert.Throws<InvalidOperationException>(() => clock.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Change_OfAPendingTimer_ReplacesItsMoment()
    {
        var clock = new FakeTimeProvider(Start);
        var fired = new List<long>();
        using ITimer timer = Timer(clock, () => fired.Add(Seconds(clock)), 1, 1);

        Assert.True(timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([4L], fired);
        Assert.Throws<ArgumentOutOfRangeException>(() => timer.Change(TimeSpan.FromSeconds(-2), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void Dispose_OfAPendingTimer_KeepsItFromFiring()
    {
        var clock = new FakeTimeProvider(Start);
        int fired = 0;
        ITimer timer = Timer(clock, () => fired++, 1, 1);
        clock.Advance(TimeSpan.FromSeconds(1));

        timer.Dispose();
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal(0, clock.PendingTimers);
    }

    [Fact]
    public async Task Advance_PastATaskDelay_CompletesIt()
    {
        var clock = new FakeTimeProvider(Start);
        Task delay = Task.Delay(TimeSpan.FromSeconds(30), clock);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10), clock);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(delay.IsCompleted);
        Assert.True(timeout.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    [Fact]
    public async Task WaitForTimersAsync_UntilAnotherThreadArmsOne_Completes()
    {
        var clock = new FakeTimeProvider(Start);
        Task<int> worker = Task.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromHours(1), clock);
            return 7;
        });

        await clock.WaitForTimersAsync(1);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(7, await worker);
    }

    [Fact]
    public async Task WaitForTimersAsync_WhenCancelled_Throws()
    {
        var clock = new FakeTimeProvider(Start);
        using var cancellation = new CancellationTokenSource();
        Task waiting = clock.WaitForTimersAsync(1, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static long Seconds(FakeTimeProvider clock) => (long)(clock.GetUtcNow() - Start).TotalSeconds;

    private static ITimer Timer(FakeTimeProvider clock, Action action, int dueSeconds, int periodSeconds) => clock.CreateTimer(
        _ => action(), null, TimeSpan.FromSeconds(dueSeconds),
            periodSeconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(periodSeconds));
}
