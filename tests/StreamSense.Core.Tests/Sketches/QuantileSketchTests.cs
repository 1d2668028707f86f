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
            int bucket = QuantileSketch.BucketOf(value);
            Assert.True(bucket >= last);
            Assert.True(Math.Abs((double)(QuantileSketch.MiddleOf(bucket) - value)) <= value / 128d);
            last = bucket;
        }

        Assert.True(QuantileSketch.BucketOf(long.MaxValue) < 3_776);
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

    private static QuantileSketch Of(long[] values)
    {
        var sketch = new QuantileSketch();
        Array.ForEach(values, sketch.Add);
        return sketch;
    }
}
