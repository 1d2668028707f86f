using StreamSense.Contracts;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

public sealed class CountMinSketchTests
{
    [Theory]
    [InlineData(1, 1 << 20)]
    [InlineData(4, 2048)]
    [InlineData(4, 1 << 16)]
    [InlineData(8, 256)]
    public void Estimate_OfFewKeys_IsNearlyAlwaysExact(int depth, int width)
    {
        var sketch = new CountMinSketch(depth, width);
        for (int i = 0; i < 50; i++)
        {
            sketch.Add((ulong)i << 40, i);
        }

        Assert.Equal(1_225, sketch.TotalWeight);
        Assert.True(Enumerable.Range(0, 50).Count(i => sketch.Estimate((ulong)i << 40) == i) >= 48);
        Assert.All(Enumerable.Range(0, 50), i => Assert.True(sketch.Estimate((ulong)i << 40) >= i));
    }

    [Theory]
    [InlineData(0, 2048)]
    [InlineData(9, 16)]
    [InlineData(4, 2047)]
    [InlineData(4, 8)]
    [InlineData(4, 1 << 21)]
    [InlineData(8, 512)]
    public void Constructor_SizesOutOfRange_Throws(int depth, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountMinSketch(depth, width));

    [Fact]
    public void Merge_OfOtherSizesOrSeeds_Throws()
    {
        var sketch = new CountMinSketch();
        Assert.Throws<ArgumentException>(() => sketch.Merge(new CountMinSketch(depth: 3)));
        Assert.Throws<ArgumentException>(() => sketch.Merge(new CountMinSketch(width: 1024)));
        Assert.Throws<ArgumentException>(() => sketch.Merge(new CountMinSketch(seed: 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(1, -1));
    }

    [Fact]
    public void Add_AndMerge_AllocateNothing()
    {
        var sketch = new CountMinSketch();
        var other = new CountMinSketch();
        other.Add(5);

        Assert.Equal(0, Allocations.Least(() =>
        {
            sketch.Add(7);
            sketch.Add(8, 100);
            sketch.Merge(other);
            _ = sketch.Estimate(7);
            sketch.Clear();
        }));
    }

    [Theory]
    [InlineData(4, 2048, 1)]
    [InlineData(4, 2048, 64)]
    [InlineData(4, 2048, 1_000)]
    [InlineData(4, 2048, 5_000)]
    [InlineData(3, 2048, 1_000)]
    [InlineData(4, 512, 1_000)]
    public void Add_InBatches_IsTheSameAsOneByOne(int depth, int width, int count)
    {
        var random = new Random(count);
        var batched = new CountMinSketch(depth, width, seed: 5);
        var single = new CountMinSketch(depth, width, seed: 5);
        for (int round = 0; round < 3; round++)
        {
            ulong[] keys = [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(700))];
            batched.Add(keys);
            Array.ForEach(keys, key => single.Add(key));
            Assert.Equal(SketchLaws.BytesOf(single), SketchLaws.BytesOf(batched));
        }

        Assert.Equal(3 * count, batched.TotalWeight);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(1_000)]
    public void Add_ABatchAcrossTheRoomOfNarrowCounters_LosesNothing(int room)
    {
        // All counters of the first key are as great as 32 bits allow, or nearly.
        var batched = new CountMinSketch();
        var single = new CountMinSketch();
        batched.Add(1, uint.MaxValue - room);
        single.Add(1, uint.MaxValue - room);
        ulong[] keys = [.. Enumerable.Range(0, 600).Select(i => (ulong)(i % 3))];
        batched.Add(keys);
        Array.ForEach(keys, key => single.Add(key));

        Assert.Equal(uint.MaxValue - room + 200L, batched.Estimate(1));
        Assert.Equal(SketchLaws.BytesOf(single), SketchLaws.BytesOf(batched));
    }

    // Such weights once took the way of small ones, behind the end of the counters.
    [Theory]
    [InlineData(4, 2_048)]
    [InlineData(2, 16)]
    public void Add_MoreWeightThanCanBeCounted_ThrowsAndAddsNothing(int depth, int width)
    {
        var sketch = new CountMinSketch(depth, width);
        sketch.Add(1, 5);
        Assert.Throws<OverflowException>(() => sketch.Add(2, long.MaxValue));
        Assert.Equal((5, 5, 0), (sketch.TotalWeight, sketch.Estimate(1), sketch.Estimate(2)));

        sketch.Add(2, long.MaxValue - 5);
        Assert.Throws<OverflowException>(() => sketch.Add(3));
        Assert.Throws<OverflowException>(() => sketch.Add([3UL]));
        Assert.Throws<OverflowException>(() => sketch.Merge(sketch));
        Assert.Equal((long.MaxValue, 5, 0), (sketch.TotalWeight, sketch.Estimate(1), sketch.Estimate(3)));
    }
}
