using StreamSense.Contracts;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

public sealed class HyperLogLogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700)]
    public void Count_OfFew_IsExact(int count) => Assert.Equal(count, Filled(0, count).Count);

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000)]
    [InlineData(50_000)]
    [InlineData(1_000_000)]
    public void Count_OfMany_IsWithinThreeStandardErrors(int count) =>
        Assert.InRange(Filled(0, count).Count, (long)(count * 0.95), (long)(count * 1.05));

    [Theory]
    [InlineData(300, 300)]
    [InlineData(300, 10_000)]
    [InlineData(10_000, 300)]
    [InlineData(10_000, 10_000)]
    public void Merge_OfOverlappingSets_IsTheirUnion(int left, int right)
    {
        HyperLogLog merged = Filled(0, left);
        merged.Merge(Filled(left / 2, right));
        Assert.Equal(
            SketchLaws.BytesOf(Filled(0, (left / 2) + Math.Max(left - (left / 2), right))), SketchLaws.BytesOf(merged));
    }

    [Fact]
    public void Merge_OfFullSketches_IsTheirUnionAtEveryPrecision()
    {
        for (int precision = HyperLogLog.LeastPrecision; precision <= HyperLogLog.GreatestPrecision; precision++)
        {
            int keys = 3 << precision;
            HyperLogLog merged = Filled(0, keys, precision);
            merged.Merge(Filled(keys / 2, keys, precision));
            Assert.Equal(SketchLaws.BytesOf(Filled(0, (keys / 2) + keys, precision)), SketchLaws.BytesOf(merged));
        }
    }

    [Theory]
    [InlineData(14, 4, 50)]
    [InlineData(14, 4, 50_000)]
    [InlineData(16, 12, 1_000)]
    [InlineData(16, 12, 50_000)]
    [InlineData(9, 8, 60)]
    public void Merge_OfAnotherPrecision_IsWhatTheLowerOneWouldHold(int finer, int coarser, int keys)
    {
        byte[] expected = SketchLaws.BytesOf(Filled(0, keys, coarser));

        HyperLogLog down = Filled(0, keys / 2, finer);
        down.Merge(Filled(keys / 3, keys - (keys / 3), coarser));
        HyperLogLog kept = Filled(0, keys / 2, coarser);
        kept.Merge(Filled(keys / 3, keys - (keys / 3), finer));

        Assert.Equal(coarser, down.Precision);
        Assert.Equal(expected, SketchLaws.BytesOf(down));
        Assert.Equal(expected, SketchLaws.BytesOf(kept));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    public void Add_InBatches_IsTheSameAsOneByOne(int precision)
    {
        var batched = new HyperLogLog(precision);
        foreach (int size in new[] { 0, 1, 7, 8, 9, 1_000, 30_000 })
        {
            batched.Add([.. Enumerable.Range(size * 31, size).Select(i => (ulong)i)]);
        }

        var single = new HyperLogLog(precision);
        foreach (int size in new[] { 0, 1, 7, 8, 9, 1_000, 30_000 })
        {
            for (int i = size * 31; i < size * 32; i++)
            {
                single.Add((ulong)i);
            }
        }

        Assert.Equal(SketchLaws.BytesOf(single), SketchLaws.BytesOf(batched));
    }

    [Theory]
    [InlineData(8, 1_000)]
    [InlineData(12, 5_000)]
    [InlineData(12, 100_000)]
    public void Bounds_OverAThousandSeeds_HoldAsOftenAsTheySay(int precision, int keys)
    {
        const int Seeds = 200;
        int[] held = new int[4];
        ulong[] values = [.. Enumerable.Range(0, keys).Select(i => (ulong)i)];
        for (int seed = 0; seed < Seeds; seed++)
        {
            var sketch = new HyperLogLog(precision, (ulong)seed);
            sketch.Add(values);
            for (int deviations = 1; deviations <= 3; deviations++)
            {
                held[deviations] += sketch.LowerBound(deviations) <= keys && keys <= sketch.UpperBound(deviations) ? 1 : 0;
            }
        }

        // 68.3 %, 95.4 % and 99.7 %, less three standard deviations of such a count.
        Assert.InRange(held[1], Seeds * 0.58, Seeds);
        Assert.InRange(held[2], Seeds * 0.91, Seeds);
        Assert.InRange(held[3], Seeds * 0.98, Seeds);
    }

    [Fact]
    public void Seed_OfAnother_CountsTheSameAndCannotBeMerged()
    {
        var one = new HyperLogLog(seed: 1);
        var other = new HyperLogLog(seed: 2);
        for (ulong key = 0; key < 100; key++)
        {
            one.Add(key);
            other.Add(key);
        }

        Assert.Equal(one.Count, other.Count);
        Assert.Throws<ArgumentException>(() => one.Merge(other));
    }

    [Fact]
    public void MemoryBytes_OfAnyCount_IsAtMostTheRegisters()
    {
        var sketch = new HyperLogLog();
        Assert.Equal(0, sketch.MemoryBytes);
        for (ulong key = 0; key < 10_000; key++)
        {
            sketch.Add(key);
            Assert.InRange(sketch.MemoryBytes, 1, 4096);
        }
    }

    [Fact]
    public void Clear_AndFillAgain_AllocatesNothing()
    {
        HyperLogLog sketch = Filled(0, 5_000);
        HyperLogLog other = Filled(0, 5_000);
        ulong[] keys = [.. Enumerable.Range(0, 5_000).Select(i => (ulong)i)];
        sketch.Clear();
        sketch.Add(keys);

        Assert.Equal(0, Allocations.Least(() =>
        {
            sketch.Clear();
            sketch.Add(keys);
            sketch.Add(77);
            sketch.Merge(other);
            _ = sketch.Count;
        }));
        Assert.Equal(Filled(0, 5_000).Count, sketch.Count);
    }

    private static HyperLogLog Filled(int from, int count, int precision = 12)
    {
        var sketch = new HyperLogLog(precision);
        for (int i = from; i < from + count; i++)
        {
            sketch.Add((ulong)i);
        }

        return sketch;
    }
}
