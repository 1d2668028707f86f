using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

/// <summary>Each sketch beside the exact answer, over a hundred seeds of every kind of input.</summary>
public sealed class SketchAccuracyTests
{
    private const int Values = 20_000;

    public static TheoryData<string> Kinds => SketchInputs.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void HyperLogLog_Dense_IsWithinThreeStandardErrors(string kind) => Assert.InRange(
        SketchInputs.SeedsIn100(seed =>
        {
            long[] values = SketchInputs.Of(kind, seed, Values);
            int exact = values.Distinct().Count();
            var sketch = new HyperLogLog(precision: 10, seed: (ulong)seed);
            foreach (long value in values)
            {
                sketch.Add((ulong)value);
            }

            return !sketch.IsSparse && sketch.LowerBound(3) <= exact && exact <= sketch.UpperBound(3);
        }),
        99,
        100);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void HyperLogLog_Sparse_IsAllButExact(string kind) => Assert.Equal(100, SketchInputs.SeedsIn100(seed =>
    {
        ulong[] keys = [.. SketchInputs.Of(kind, seed, 2_000).Select(value => (ulong)value)];
        var sketch = new HyperLogLog(precision: 14, seed: (ulong)seed);
        sketch.Add(keys);
        return sketch.IsSparse && Math.Abs(sketch.Count - keys.Distinct().Count()) <= 1;
    }));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void QuantileSketch_AnyInput_IsWithinItsRelativeError(string kind) => Assert.Equal(100, SketchInputs.SeedsIn100(seed =>
    {
        long[] values = SketchInputs.Of(kind, seed, Values);
        var sketch = new QuantileSketch();
        sketch.Add(values);
        Array.Sort(values);
        return new[] { 0.0001, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 0.9999, 1 }.All(quantile =>
        {
            long expected = values[(int)Math.Max(0, Math.Ceiling(quantile * values.Length) - 1)];
            return Math.Abs(sketch.Quantile(quantile)!.Value - expected) * 128.0 <= expected;
        });
    }));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void HeavyHitters_AnyInput_BoundsEveryKey(string kind) => Assert.Equal(100, SketchInputs.SeedsIn100(seed =>
    {
        const int Counters = 128;
        long[] values = SketchInputs.Of(kind, seed, Values);
        var sketch = new HeavyHitters(Counters);
        var merged = new HeavyHitters(Counters);
        var part = new HeavyHitters(Counters);
        for (int i = 0; i < values.Length; i++)
        {
            sketch.Add((ulong)values[i], 1 + (values[i] % 7));
            part.Add((ulong)values[i], 1 + (values[i] % 7));
            if (i % 3_000 == 2_999 || i == values.Length - 1)
            {
                merged.Merge(part);
                part.Clear();
            }
        }

        Dictionary<long, long> exact = values.GroupBy(value => value)
            .ToDictionary(group => group.Key, group => group.Count() * (1 + (group.Key % 7)));
        return IsBounded(sketch, exact) && IsBounded(merged, exact);
    }));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void CountMinSketch_AnyInput_IsNeverBelowAndRarelyFarAbove(string kind) => Assert.InRange(
        SketchInputs.SeedsIn100(seed =>
        {
            long[] values = SketchInputs.Of(kind, seed, Values / 4);
            var sketch = new CountMinSketch(depth: 4, width: 256, seed: (ulong)seed);
            foreach (long value in values)
            {
                sketch.Add((ulong)value);
            }

            (long Key, int Count)[] exact = [.. values.GroupBy(value => value).Select(group => (group.Key, group.Count()))];
            Assert.All(exact, key => Assert.True(sketch.Estimate((ulong)key.Key) >= key.Count));
            int far = exact.Count(key => sketch.Estimate((ulong)key.Key) > key.Count + sketch.ErrorBound);
            return far <= (1 - sketch.Confidence) * exact.Length;
        }),
        99,
        100);

    private static bool IsBounded(HeavyHitters sketch, Dictionary<long, long> exact)
    {
        long total = exact.Values.Sum();
        return sketch.TotalWeight == total
            && sketch.MaxError * (double)sketch.Counters <= 3.0 * total
            && exact.All(key => sketch.LowerBound((ulong)key.Key) <= key.Value && key.Value <= sketch.UpperBound((ulong)key.Key))
            && exact.Where(key => key.Value > sketch.MaxError).All(key => sketch.LowerBound((ulong)key.Key) > 0);
    }
}
