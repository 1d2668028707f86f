using FsCheck;
using FsCheck.Fluent;
using StreamSense.Contracts;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

public sealed class QuantileSketchTests
{
    private static readonly double[] Quantiles = [0.001, 0.25, 0.5, 0.95, 0.999, 1];

    [Fact]
    public void Quantile_OfAnyValues_IsWithinOnePercentOfTheNearestRank() => Prop.ForAll<NonEmptyArray<ulong>, byte>((values, shift) =>
    {
        long[] sorted = [.. values.Get.Select(value => (long)((value * 0x9E3779B97F4A7C15UL) >> (1 + (shift % 63)))).Order()];
        QuantileSketch sketch = Of(sorted);
        return Quantiles.All(quantile =>
        {
            long expected = sorted[(int)Math.Max(0, Math.Ceiling(quantile * sorted.Length) - 1)];
            return Math.Abs((double)(sketch.Quantile(quantile)!.Value - expected)) <= 0.01 * expected;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void BucketOf_AtAndAroundEveryBorder_AscendsAndItsMiddleIsNear()
    {
        IEnumerable<long> borders = Enumerable.Range(0, 63)
            .SelectMany(shift => new[] { (1L << shift) - 1, 1L << shift, (1L << shift) + (1L << Math.Max(0, shift - 3)) });
        int last = -1;
        foreach (long value in borders.Order())
        {
            int bucket = LogarithmicBuckets.Of(value);
            Assert.True(bucket >= last);
            Assert.InRange(value, LogarithmicBuckets.FirstOf(bucket), LogarithmicBuckets.LastOf(bucket));
            Assert.True(Math.Abs((double)(LogarithmicBuckets.MiddleOf(bucket) - value)) <= value / 128d);
            last = bucket;
        }

        Assert.True(LogarithmicBuckets.Of(long.MaxValue) == LogarithmicBuckets.Total - 1);
    }

    [Fact]
    public void Merge_OfParts_IsTheWhole() => Prop.ForAll<NonNegativeInt[], NonNegativeInt[]>((left, right) =>
    {
        QuantileSketch whole = Of([.. left.Concat(right).Select(value => (long)value.Get)]);
        QuantileSketch a = Of([.. left.Select(value => (long)value.Get)]);
        QuantileSketch b = Of([.. right.Select(value => (long)value.Get)]);
        QuantileSketch ab = Of([]);
        ab.Merge(a);
        ab.Merge(b);
        b.Merge(a);
        return Quantiles.All(quantile => ab.Quantile(quantile) == whole.Quantile(quantile)
            && b.Quantile(quantile) == whole.Quantile(quantile));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Quantile_OfOneValueOrNone_IsExactOrNull()
    {
        Assert.Null(Of([]).Quantile(0.5));
        Assert.Equal(0, Of([0]).Quantile(0.5));
        Assert.Equal(1_234_567, Of([1_234_567]).Quantile(0.95));
    }

    [Fact]
    public void Clear_ASketch_StartsAnewWithoutAllocating()
    {
        QuantileSketch sketch = Of([5, 500, 50_000]);

        Assert.Equal(0, Allocations.Least(() =>
        {
            sketch.Clear();
            sketch.Add(7);
            sketch.Add(70_000);
        }));
        Assert.Equal(7, sketch.Quantile(0.5));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(7, 100)]
    [InlineData(64, 5_000)]
    [InlineData(1_000, 100_000)]
    [InlineData(5_000, long.MaxValue)]
    public void Add_InBatches_IsTheSameAsOneByOne(int count, long limit)
    {
        var random = new Random(count);
        var batched = new QuantileSketch();
        var single = new QuantileSketch();
        for (int round = 0; round < 5; round++)
        {
            long[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(limit))];
            batched.Add(values);
            Array.ForEach(values, single.Add);
            Assert.Equal(SketchLaws.BytesOf(single), SketchLaws.BytesOf(batched));
        }

        Assert.Equal(5 * count, batched.Count);
    }

    [Fact]
    public void Add_AfterAnyOtherCall_IsTheSameAsAddingOnce() => Prop.ForAll<(byte, NonNegativeInt)[]>(steps =>
    {
        // The one-value call has a short way, which depends on what came before; the call with a count has none.
        var brief = new QuantileSketch();
        var general = new QuantileSketch();
        for (int i = 0; i < 200; i++)
        {
            brief.Add(i * 50);
            general.Add(i * 50, 1);
        }

        foreach ((byte kind, NonNegativeInt number) in steps)
        {
            long value = (long)number.Get << (kind >> 3);
            switch (kind & 7)
            {
                case 0:
                    bool removed = brief.TryRemove(value);
                    Assert.Equal(removed, general.TryRemove(value));
                    break;
                case 1 when number.Get % 4 == 0:
                    brief.Clear();
                    general.Clear();
                    break;
                case 2:
                    brief.Merge(Of([value, value + 1]));
                    general.Merge(Of([value, value + 1]));
                    break;
                case 3:
                    brief = QuantileSketch.Read(SketchLaws.BytesOf(brief));
                    break;
                default:
                    brief.Add(value);
                    general.Add(value, 1);
                    break;
            }
        }

        return SketchLaws.BytesOf(brief).SequenceEqual(SketchLaws.BytesOf(general));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Add_NegativeValues_AddsNone()
    {
        QuantileSketch few = Of([1, 2]);
        QuantileSketch many = Of([.. Enumerable.Range(0, 500).Select(i => (long)i)]);
        QuantileSketch widest = Of([.. Enumerable.Range(0, 500).Select(i => (long)i), long.MaxValue]);
        QuantileSketch cleared = Of([.. Enumerable.Range(0, 500).Select(i => (long)i)]);
        cleared.Clear();
        foreach (QuantileSketch sketch in new[] { few, many, widest, cleared })
        {
            byte[] before = SketchLaws.BytesOf(sketch);
            Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(-1));
            Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(long.MinValue));
            Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(-1, 3));
            Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(5, -3));
            Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add([1, 2, 3, -4]));
            Assert.Equal(before, SketchLaws.BytesOf(sketch));
        }
    }

    [Fact]
    public void Remove_WhatWasAdded_LeavesTheOtherCounts() => Prop.ForAll<NonNegativeInt[], NonNegativeInt[]>((kept, taken) =>
    {
        long[] stay = [.. kept.Select(value => (long)value.Get * 1_001)];
        long[] go = [.. taken.Select(value => (long)value.Get * 999)];
        QuantileSketch sketch = Of([.. stay, .. go]);
        foreach (long value in go)
        {
            sketch.Remove(value);
        }

        QuantileSketch expected = Of(stay);
        return sketch.Count == stay.Length
            && Quantiles.All(quantile => (sketch.Quantile(quantile), expected.Quantile(quantile)) switch
            {
                (null, null) => true,
                ({ } actual, { } exact) => LogarithmicBuckets.Of(actual) == LogarithmicBuckets.Of(exact),
                _ => false,
            })
            && SketchLaws.BytesOf(QuantileSketch.Read(SketchLaws.BytesOf(sketch))).SequenceEqual(SketchLaws.BytesOf(sketch));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(3)]
    [InlineData(500)]
    public void Remove_TheLeastAndTheGreatest_FallsBackToTheirBuckets(int values)
    {
        QuantileSketch sketch = Of([.. Enumerable.Range(0, values).Select(i => 10_000L + (i * 1_000))]);
        sketch.Remove(10_000);
        sketch.Remove(9_000L + (values * 1_000));

        Assert.InRange(sketch.Quantile(0.0001)!.Value, 10_900, 11_000);
        Assert.InRange(sketch.Quantile(1)!.Value, (8_000L + (values * 1_000)) * 127 / 128, (8_000L + (values * 1_000)) * 65 / 64);
        Assert.Throws<InvalidOperationException>(() => sketch.Remove(10_000));
        Assert.Throws<InvalidOperationException>(() => sketch.Remove(-1));
        Assert.Throws<InvalidOperationException>(() => sketch.Remove(long.MaxValue));
    }

    [Fact]
    public void MemoryBytes_OfAnyValues_IsWithinWhatIsPromised()
    {
        Assert.Equal(0, Of([]).MemoryBytes);
        Assert.InRange(Of([5, 500, 50_000]).MemoryBytes, 30, 40);
        Assert.InRange(Of([.. Enumerable.Range(0, 10_000).Select(i => 10 + (long)i)]).MemoryBytes, 4_000, 6_000);
        Assert.InRange(Of([.. Enumerable.Range(0, 61).SelectMany(i => new[] { 1L << i, 3L << i })]).MemoryBytes, 1_000, 30_000);
    }

    [Fact]
    public void Add_ASteadyRangeOfValues_AllocatesNothing()
    {
        long[] values = [.. Enumerable.Range(0, 5_000).Select(i => (long)i * 3)];
        QuantileSketch sketch = Of(values);
        QuantileSketch other = Of(values);

        Assert.Equal(0, Allocations.Least(() =>
        {
            sketch.Clear();
            sketch.Add(values);
            sketch.Add(12);
            sketch.Add(13, 5);
            sketch.Remove(13);
            sketch.Merge(other);
            _ = sketch.Quantile(0.5);
        }));
    }

    private static QuantileSketch Of(long[] values)
    {
        var sketch = new QuantileSketch();
        Array.ForEach(values, sketch.Add);
        return sketch;
    }
}
