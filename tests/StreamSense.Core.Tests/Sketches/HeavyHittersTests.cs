using FsCheck;
using FsCheck.Fluent;
using StreamSense.Contracts;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

public sealed class HeavyHittersTests
{
    [Fact]
    public void Bounds_AnyWeightsSplitAndMergedAnyhow_HoldForEveryKey() => Prop.ForAll<int[], byte, byte>((items, parts, counters) =>
    {
        int size = 8 + (counters % 20);
        HeavyHitters[] sketches = [.. Enumerable.Range(0, 1 + (parts % 5)).Select(_ => new HeavyHitters(size))];
        var exact = new Dictionary<ulong, long>();
        for (int i = 0; i < items.Length * 20; i++)
        {
            int item = items[i / 20] * (i % 20);
            ulong key = (ulong)(item % 97);
            long weight = Math.Abs((long)item % 1_000);
            sketches[i % sketches.Length].Add(key, weight);
            exact[key] = exact.GetValueOrDefault(key) + weight;
        }

        HeavyHitters merged = sketches[0];
        foreach (HeavyHitters sketch in sketches.Skip(1))
        {
            merged.Merge(sketch);
        }

        return merged.Count <= size
            && merged.TotalWeight == exact.Values.Sum()
            && merged.MaxError * (double)size <= 3.0 * merged.TotalWeight
            && exact.All(key => merged.LowerBound(key.Key) <= key.Value && key.Value <= merged.UpperBound(key.Key));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Top_OfAStreamWithFavourites_GivesThemInOrder()
    {
        var sketch = new HeavyHitters(counters: 64);
        for (int i = 0; i < 50_000; i++)
        {
            sketch.Add((ulong)(1_000_000 + i));
            for (ulong key = 1; key <= 5; key++)
            {
                sketch.Add(key, (long)key);
            }
        }

        Assert.Equal([5UL, 4, 3, 2, 1], sketch.Top(5).Select(item => item.Key));
        Assert.All(sketch.Top(5), item => Assert.InRange((long)item.Key * 50_000, item.LowerBound, item.UpperBound));
        Assert.Equal([5UL, 4], sketch.AtLeast(4 * 50_000).Select(item => item.Key).Take(2));
        Assert.Equal(sketch.MaxError, sketch.UpperBound(ulong.MaxValue));
        Assert.Empty(new HeavyHitters().Top(10));
    }

    [Fact]
    public void Add_NoMoreKeysThanCounters_IsExact()
    {
        var sketch = new HeavyHitters(counters: 1_000);
        for (int round = 1; round <= 3; round++)
        {
            for (ulong key = 0; key < 1_000; key++)
            {
                sketch.Add(key * 0x1_0000_0001, (long)key + 1);
            }
        }

        Assert.Equal(0, sketch.MaxError);
        Assert.Equal(1_000, sketch.Count);
        Assert.All(sketch.Top(1_000), item => Assert.Equal(3 * ((long)(item.Key / 0x1_0000_0001) + 1), item.LowerBound));
    }

    [Fact]
    public void Merge_WithItself_DoublesEverything()
    {
        var sketch = new HeavyHitters(counters: 8);
        for (ulong key = 0; key < 100; key++)
        {
            sketch.Add(key % 13, (long)key);
        }

        HeavyHitter[] before = [.. sketch.Top(8)];
        long error = sketch.MaxError;
        sketch.Merge(sketch);

        Assert.Equal(2 * error, sketch.MaxError);
        Assert.Equal(before.Select(item => (item.Key, 2 * item.LowerBound)), sketch.Top(8).Select(item => (item.Key, item.LowerBound)));
    }

    [Fact]
    public void Add_OnceThereIsRoom_AllocatesNothing()
    {
        var sketch = new HeavyHitters(counters: 100);
        ulong next = 0;

        Assert.Equal(0, Allocations.Least(() =>
        {
            sketch.Clear();
            for (int i = 0; i < 10_000; i++)
            {
                sketch.Add(next++);
                sketch.Add(next % 10, 3);
            }
        }));
        Assert.InRange(sketch.MaxError, 1, sketch.TotalWeight * 3 / 100);
    }

    [Fact]
    public void Add_ANegativeWeight_Throws()
    {
        var sketch = new HeavyHitters();
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(1, -1));
        sketch.Add(1, 0);
        Assert.Equal((0, 0L), (sketch.Count, sketch.TotalWeight));
    }

    [Fact]
    public void Add_MoreWeightThanCanBeCounted_ThrowsAndAddsNothing()
    {
        var sketch = new HeavyHitters(counters: 8);
        sketch.Add(1, long.MaxValue - 1);
        Assert.Throws<OverflowException>(() => sketch.Add(2, 2));
        Assert.Throws<OverflowException>(() => sketch.Merge(sketch));
        Assert.Equal((1, long.MaxValue - 1), (sketch.Count, sketch.TotalWeight));
    }

    // An error as great as all weight beside a counter of all of it: an upper bound would pass the greatest number.
    [Fact]
    public void Read_AnErrorThatNoCounterLost_SaysSo()
    {
        var sketch = new HeavyHitters(counters: 8);
        sketch.Add(1, long.MaxValue);
        byte[] bytes = SketchLaws.BytesOf(sketch);
        bytes.AsSpan(13, sizeof(long)).CopyTo(bytes.AsSpan(21));

        Assert.Throws<InvalidDataException>(() => HeavyHitters.Read(bytes));
    }
}
