using FsCheck;
using FsCheck.Fluent;
using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Sketches;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

public sealed class SlidingAggregationTests
{
    private static readonly SlidingWindows MinuteByTen = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10));

    [Fact]
    public void AdvanceTo_PastTheEnd_TellsEachWindowOnceWithAllItHolds()
    {
        var told = new CollectingWindows();
        var sliding = Of(MinuteByTen, told);
        sliding.Add(At(5), 1);
        sliding.Add(At(62), 10);
        sliding.AdvanceTo(At(60));

        // Of the six windows that hold the first input those that end by now.
        Assert.Equal([-50, -40, -30, -20, -10, 0], told.All.ConvertAll(result => SecondOf(result.Start)));
        Assert.All(told.All, result => Assert.Equal(new SumState(1, 1, 1), result.Value));

        sliding.AdvanceTo(At(200));

        Assert.Equal([10, 20, 30, 40, 50, 60], told.All.Skip(6).Select(result => SecondOf(result.Start)));
        Assert.All(told.All.Skip(6), result => Assert.Equal(new SumState(1, 10, 10), result.Value));
    }

    [Fact]
    public void Add_BehindTheWatermarkWithinTheLateness_AmendsTheWindowsThatWereTold()
    {
        var told = new CollectingWindows();
        var sliding = Of(SlidingWindows.Tumbling(TimeSpan.FromSeconds(10)), told, lateness: 30);
        sliding.Add(At(1), 1);
        sliding.AdvanceTo(At(25));
        sliding.Add(At(2), 5);
        sliding.Add(At(3), 7);
        sliding.Add(At(12), 9);
        sliding.Flush();
        sliding.Flush();

        Assert.Equal(
            [(0, 1, 1L), (0, 2, 13L), (10, 1, 9L)],
            told.All.ConvertAll(result => (SecondOf(result.Start), result.Version, result.Value.Sum)));
    }

    [Fact]
    public void Add_BehindTheAllowedLateness_IsCountedAndChangesNothing()
    {
        var told = new CollectingWindows();
        var sliding = Of(MinuteByTen, told, lateness: 30);
        sliding.Add(At(55), 1);
        sliding.AdvanceTo(At(120));
        int before = told.All.Count;

        // Windows that end by 90 s are final; an input at 35 s is in those that end at 40 .. 90 s, one at 45 s in 50 .. 100 s.
        sliding.Add(At(35), 1);
        sliding.Add(At(45), 1);
        sliding.Flush();

        Assert.Equal((1, 6 + 5), (sliding.LateInputs, sliding.MissedWindows));
        Assert.Equal([(40, 2)], told.All.Skip(before).Select(result => (SecondOf(result.Start), result.Version)));
    }

    [Fact]
    public void Add_TooFarAhead_IsRefusedAndCounted()
    {
        var sliding = Of(MinuteByTen, new CollectingWindows());
        sliding.AdvanceTo(At(0));
        sliding.Add(At(601), 1);
        sliding.Add(At(599), 1);

        Assert.Equal(1, sliding.RefusedInputs);
    }

    [Fact]
    public void Results_OfAnyOrderWithinTheLateness_AreThoseOfTheInputsInOrder() =>
        Prop.ForAll<ushort[], byte, byte>((seconds, length, seed) =>
        {
            int step = 1 + (seed % 5);
            var windows = new SlidingWindows(TimeSpan.FromSeconds(step + (length % 20)), TimeSpan.FromSeconds(step));
            (int Second, long Value)[] inputs = [.. seconds.Select((second, index) => (second % 300, (long)index))];

            // An input comes up to 40 s after the watermark has passed its time; windows wait for 40 s.
            var random = new Random(seed);
            (int Arrival, int Second, long Value)[] arrivals =
                [.. inputs.Select(input => (input.Second + random.Next(40), input.Second, input.Value)).OrderBy(input => input.Item1)];
            var told = new CollectingWindows();
            var sliding = Of(windows, told, lateness: 41);
            foreach ((int arrival, int second, long value) in arrivals)
            {
                sliding.AdvanceTo(At(arrival));
                sliding.Add(At(second), value);
            }

            sliding.AdvanceTo(At(1_000));
            return sliding.LateInputs == 0 && sliding.MissedWindows == 0 && sliding.RefusedInputs == 0
                && BruteForce(windows, inputs).OrderBy(entry => entry.Key).SequenceEqual(told.Values().OrderBy(entry => entry.Key));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AdvanceTo_StepByStep_CostsMergesThatDoNotDependOnTheLength()
    {
        foreach (int length in (int[])[10, 100, 1_000])
        {
            var sliding = Of(new SlidingWindows(TimeSpan.FromSeconds(length), TimeSpan.FromSeconds(1)), new CollectingWindows());
            long before = 0;
            const int Steps = 10_000;
            for (int second = 0; second < 2_000 + Steps; second++)
            {
                before = second == 2_000 ? SumOfInputs.Merges : before;
                sliding.Add(At(second), 1);
                sliding.AdvanceTo(At(second));
            }

            Assert.InRange((SumOfInputs.Merges - before) / (double)Steps, 1, 5.1);
        }
    }

    [Fact]
    public void Results_OfStatesThatAreClasses_ShareNothing()
    {
        var told = new CollectingWindows();
        var sliding = new SlidingAggregation<QuantileOfInputs, QuantileSketch?, long, SumState>(MinuteByTen, told);
        long[] inputs = [.. Enumerable.Range(0, 400).Select(second => (long)(second % 50))];
        for (int second = 0; second < inputs.Length; second++)
        {
            sliding.Add(At(second), inputs[second]);
            sliding.AdvanceTo(At(second));
        }

        Assert.True(told.All.Count > 30);
        foreach (WindowResult<SumState> result in told.All)
        {
            int from = Math.Max(0, SecondOf(result.Start));
            long[] sorted = [.. inputs[from..SecondOf(result.End)].Order()];
            Assert.Equal(new SumState(sorted.Length, sorted[((sorted.Length + 1) / 2) - 1], sorted[^1]), result.Value);
        }
    }

    [Fact]
    public void Results_OfTwoHalvesMerged_AreThoseOfTheWhole() => Prop.ForAll<ushort[]>(inputs =>
    {
        CollectingWindows[] told = [new(), new(), new()];
        for (int part = 0; part < told.Length; part++)
        {
            var sliding = Of(MinuteByTen, told[part]);
            for (int i = 0; i < inputs.Length; i++)
            {
                if (part == 2 || i % 2 == part)
                {
                    sliding.Add(At(inputs[i] % 300), i);
                }
            }

            sliding.AdvanceTo(At(1_000));
        }

        Dictionary<EventTime, SumState> merged = told[0].Values();
        foreach ((EventTime start, SumState value) in told[1].Values())
        {
            SumState sum = SumOfInputs.Of([]);
            SumOfInputs.Merge(ref sum, value);
            SumOfInputs.Merge(ref sum, merged.GetValueOrDefault(start, SumOfInputs.Of([])));
            merged[start] = sum;
        }

        return merged.OrderBy(entry => entry.Key).SequenceEqual(told[2].Values().OrderBy(entry => entry.Key));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AdvanceTo_AfterALongSilence_TakesNoTime()
    {
        var told = new CollectingWindows();
        var sliding = Of(MinuteByTen, told);
        sliding.Add(At(0), 1);
        sliding.AdvanceTo(EventTime.Latest);
        sliding.AdvanceTo(EventTime.Latest + TimeSpan.FromDays(1));

        Assert.Equal(6, told.All.Count);
    }

    [Fact]
    public void AddAndAdvance_OnceMade_AllocateNothing()
    {
        var sliding = new SlidingAggregation<SumOfInputs, SumState, long, SumState>(MinuteByTen, new ForgetfulWindows());
        int second = 0;

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                sliding.Add(At(++second), 1);
                sliding.Add(At(second - 70), 1);
                sliding.AdvanceTo(At(second));
            }
        }));
    }

    private static Dictionary<EventTime, SumState> BruteForce(SlidingWindows windows, (int Second, long Value)[] inputs)
    {
        var expected = new Dictionary<EventTime, List<long>>();
        foreach ((int second, long value) in inputs)
        {
            for (long window = windows.FirstOf(At(second)); window <= windows.LastOf(At(second)); window++)
            {
                if (!expected.TryGetValue(windows.StartOf(window), out List<long>? values))
                {
                    expected.Add(windows.StartOf(window), values = []);
                }

                values.Add(value);
            }
        }

        return expected.ToDictionary(entry => entry.Key, entry => SumOfInputs.Of(entry.Value));
    }

    private static SlidingAggregation<SumOfInputs, SumState, long, SumState> Of(
        SlidingWindows windows, CollectingWindows told, int lateness = 60) =>
        new(windows, told, new WindowOptions { AllowedLateness = TimeSpan.FromSeconds(lateness) });

    private static EventTime At(int second) => new(second * EventTime.MicrosecondsPerSecond);

    private static int SecondOf(EventTime time) => (int)(time.UnixMicroseconds / EventTime.MicrosecondsPerSecond);

    private sealed class ForgetfulWindows : IWindowConsumer<SumState>
    {
        public void OnResult(in WindowResult<SumState> result)
        {
        }
    }
}
