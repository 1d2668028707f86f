using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Delivery;

public sealed class DeliveryAccountingTests
{
    /// <summary>Whatever the sink does: no event is lost uncounted, none is applied twice, none out of order.</summary>
    [Fact]
    public void Counts_UnderRandomFailures_AddUpAtEveryStep() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Task.Run(() => RunAsync(seed)).GetAwaiter().GetResult()));

    private static async Task<bool> RunAsync(int seed)
    {
        var random = new Random(seed);
        var options = new DeliveryOptions
        {
            MaxBatchEvents = random.Next(1, 40),
            MaxBatchAnnexBytes = random.Next(0, 200),
            MaxDelay = TimeSpan.FromMilliseconds(random.Next(0, 2_000)),
            Retry = RetrySchedule.Exponential(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), random.Next(1, 5)),
            OnFailure = (FailureMode)random.Next(2),
            JitterSeed = seed,
        };
        int failureRate = random.Next(0, 80);
        var rig = new DeliveryRig(new ScriptedSink((_, _) => Act(random, failureRate)), options, shards: random.Next(1, 4));
        for (int step = 0; step < 60; step++)
        {
            rig.Publish(random.Next(0, 50), RandomFlags(random), new string('a', random.Next(0, 30)), random.Next(rig.Rings.Length));
            NextStep next = await rig.SettleAsync();
            rig.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(0, 1_500)));
            Assert.NotEqual(NextStep.Wait.Finished, next.Kind);
        }

        Task<DeliveryCounts> stop = rig.Delivery.StopAsync(TimeSpan.FromSeconds(random.Next(0, 20)));
        while (!stop.IsCompleted)
        {
            await Task.WhenAny(stop, rig.Clock.WaitForTimersAsync(3));
            rig.Clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        DeliveryCounts counts = await stop;
        rig.AssertAccounts();
        Assert.Equal(0, counts.Pending);
        Assert.Equal(rig.Sink.Applied.Count, rig.Sink.Applied.Distinct().Count());
        return true;
    }

    private static ValueTask Act(Random random, int failureRate)
    {
        int draw = random.Next(100);
        return draw >= failureRate ? default
            : draw % 10 == 0 ? throw new BatchRefusedException()
            : draw % 2 == 0 ? throw new IOException("down")
            : ValueTask.FromException(new TimeoutException());
    }

    private static EventFlags RandomFlags(Random random) => random.Next(6) switch
    {
        0 => EventFlags.Replayed,
        1 => EventFlags.Broadcast,
        _ => EventFlags.HasSequence,
    };
}
