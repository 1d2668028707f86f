using StreamSense.Core.Events;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

public sealed class SketchLawTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(12)]
    public void HyperLogLog_AnyKeys_HoldsTheLaws(int precision) => SketchLaws.Hold(
        () => new HyperLogLog(precision, seed: 7),
        static (sketch, item) =>
        {
            // A few keys or some dozens, so that both forms come about, and the way from one to the other.
            for (int i = 0; i < (item & 31); i++)
            {
                sketch.Add((ulong)((item * 100L) + i));
            }
        });

    [Fact]
    public void QuantileSketch_AnyValues_HoldsTheLaws() => SketchLaws.Hold(
        static () => new QuantileSketch(),
        static (sketch, item) =>
        {
            for (int i = 0; i < (item & 15); i++)
            {
                sketch.Add(Math.Abs((long)item) * 31 * (i + 1));
            }

            sketch.Add((long)(Spread(item) >> (1 + (item & 63) % 63)), item & 3);
        });

    [Fact]
    public void CountMinSketch_AnyKeys_HoldsTheLaws() => SketchLaws.Hold(
        static () => new CountMinSketch(depth: 3, width: 32, seed: 1),
        static (sketch, item) => sketch.Add((ulong)(item % 50), Math.Abs((long)item)));

    [Fact]
    public void DecayedCounter_AnyWeightsAtAnyTimes_HoldsTheLaws() => SketchLaws.Hold(
        static () => new DecayedCounter(TimeSpan.FromSeconds(10)),
        static (sketch, item) => sketch.Add(new EventTime(((item % 60) * 7_654_321L) + (item & 7)), item));

    [Fact]
    public void FixedHistogram_AnyValues_HoldsTheLaws() => SketchLaws.Hold(
        static () => new FixedHistogram(-5, 0, 3, 100),
        static (sketch, item) => sketch.Add(item));

    [Fact]
    public void HeavyHitters_NoMoreKeysThanCounters_HoldsTheLawsExactly() => SketchLaws.Hold(
        static () => new HeavyHitters(64),
        static (sketch, item) => sketch.Add((ulong)(item & 63), Math.Abs((long)item)));

    private static ulong Spread(int item) => (ulong)(uint)item * 0x9E3779B97F4A7C15UL;
}
