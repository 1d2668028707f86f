using System.Diagnostics;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Tests.Buffering;

public sealed class WaitGateTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    public static TheoryData<WaitStrategy> Strategies => [WaitStrategy.Spin, WaitStrategy.Yield, WaitStrategy.Block];

    [Fact]
    public void Wait_ReadySource_ReturnsAtOnce()
    {
        var flag = new Flag { Number = 1 };
        Assert.True(flag.Gate.Wait(flag, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void Wait_NothingHappens_ReturnsFalseAfterTheTimeout()
    {
        var flag = new Flag();
        Assert.False(flag.Gate.Wait(flag, TimeSpan.FromMilliseconds(5)));
        Assert.False(flag.Gate.Wait(flag, TimeSpan.Zero));
        flag.Number = 1;
        Assert.True(flag.Gate.Wait(flag, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task WaitAsync_CancelledThenSignalled_WorksAgain()
    {
        var flag = new Flag();
        using var cancellation = new CancellationTokenSource();
        ValueTask<bool> cancelled = flag.Gate.WaitAsync(flag, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled);

        ValueTask<bool> waiting = flag.Gate.WaitAsync(flag);
        Assert.False(waiting.IsCompleted);
        flag.Number = 1;
        flag.Gate.Signal();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Signal_SeveralSleepers_WakesThemAll()
    {
        var flag = new Flag();
        Task<bool>[] asleep =
        [
            flag.Gate.WaitAsync(flag).AsTask(),
            flag.Gate.WaitAsync(flag).AsTask(),
            Task.Run(() => flag.Gate.Wait(flag, Long)),
        ];
        flag.Number = 1;
        flag.Gate.Signal();
        Assert.All(await Task.WhenAll(asleep), Assert.True);
    }

    [Fact]
    public void Signal_PingPongOfSleepers_LosesNoWakeUp()
    {
        // Each side sleeps until the other has moved on. A single lost wake-up holds both up for the whole timeout.
        const int Rounds = 20_000;
        var ping = new Flag();
        var pong = new Flag();
        Threads.Run(
            () =>
            {
                for (int i = 1; i <= Rounds; i++)
                {
                    ping.Set(i);
                    pong.Await(i);
                }
            },
            () =>
            {
                for (int i = 1; i <= Rounds; i++)
                {
                    ping.Await(i);
                    pong.Set(i);
                }
            });
    }

    [Fact]
    public void Signal_WriterThatNeverPauses_NeverLeavesTheReaderAsleep()
    {
        // The reader goes to sleep at the very moment at which the writer publishes, over and over.
        const int Rounds = 20_000;
        var ring = new EventRing(new RingOptions { SlotCount = 2, AnnexBytes = 64, MaxAnnexBytesPerEvent = 8 });
        RingCursor cursor = ring.AddCursor();
        Threads.Run(
            () =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    while (!ring.TryPublish(Samples.Event(i)))
                    {
                        AwaitWakeUp(ring.Room, "The producer was not woken.");
                    }
                }
            },
            () =>
            {
                for (int i = 0; i < Rounds;)
                {
                    AwaitWakeUp(cursor, "The reader was not woken.");
                    int shown = cursor.Peek(2).Events.Length;
                    cursor.Advance(shown);
                    i += shown;
                }
            });
    }

    // A signal may come late, for a change that was taken already: then one asks again. Only the timeout tells a lost wake-up.
    private static void AwaitWakeUp(IWaitable source, string message)
    {
        long start = Stopwatch.GetTimestamp();
        while (!source.Gate.Wait(source, Long))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Long, message);
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Wait_AnyStrategy_TellsWhetherTheSourceIsReady(WaitStrategy strategy)
    {
        var flag = new Flag();
        Assert.False(strategy.Wait(flag, TimeSpan.FromMilliseconds(1)));
        flag.Number = 1;
        Assert.True(strategy.Wait(flag, TimeSpan.Zero));
    }

    [Fact]
    public void Block_IdleShard_UsesNoCpu()
    {
        var lanes = new LaneSet(new LaneOptions { SlotCount = 64 });
        lanes.Rent();
        WaitStrategy.Block.Wait(lanes, TimeSpan.FromMilliseconds(1));
        TimeSpan used = TimeSpan.Zero;
        long elapsed = 0;
        Threads.Run(() =>
        {
            // Only this thread's time counts: tests beside it use the processor too.
            TimeSpan before = ThreadCpu.Used();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < 3; i++)
            {
                Assert.False(WaitStrategy.Block.Wait(lanes, TimeSpan.FromMilliseconds(100)));
            }

            used = ThreadCpu.Used() - before;
            elapsed = Stopwatch.GetElapsedTime(start).Ticks;
        });

        Assert.InRange(elapsed, TimeSpan.FromMilliseconds(250).Ticks, long.MaxValue);
        Assert.InRange(used, TimeSpan.Zero, TimeSpan.FromMilliseconds(30));
    }

    private sealed class Flag : IWaitable
    {
        public int Number;
        private int _wanted = 1;

        public WaitGate Gate { get; } = new();

        public bool IsReady => Volatile.Read(ref Number) >= _wanted;

        public void Set(int number)
        {
            Volatile.Write(ref Number, number);
            Gate.Signal();
        }

        public void Await(int number)
        {
            _wanted = number;
            while (!IsReady)
            {
                AwaitWakeUp(this, "A wake-up was lost.");
            }
        }
    }
}
