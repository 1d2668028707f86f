using StreamSense.Contracts;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

public sealed class FixedHistogramTests
{
    [Fact]
    public void Add_ValuesAtAndAroundBounds_FallIntoTheirBuckets()
    {
        var histogram = new FixedHistogram(0, 10, 100);
        foreach (long value in new[] { long.MinValue, -1, 0, 9, 10, 99, 100, long.MaxValue })
        {
            histogram.Add(value);
        }

        Assert.Equal([2L, 2, 2, 2], histogram.Counts.ToArray());
        Assert.Equal(8, histogram.Count);
        Assert.Equal(4, histogram.CountBelow(10));
        Assert.Equal(0.75, histogram.ShareBelow(100));
    }

    [Fact]
    public void Remove_WhatWasAdded_UndoesIt()
    {
        var histogram = new FixedHistogram(5);
        histogram.Add(1, 3);
        histogram.Add(7);
        histogram.Remove(2);
        histogram.Remove(7);

        Assert.Equal([2L, 0], histogram.Counts.ToArray());
        Assert.Equal(2, histogram.Count);
        Assert.Throws<InvalidOperationException>(() => histogram.Remove(7));
    }

    [Fact]
    public void ShareBelow_NoValuesOrNoBound_IsNullOrRefused()
    {
        var histogram = new FixedHistogram(1, 2);
        Assert.Null(histogram.ShareBelow(2));
        Assert.Throws<ArgumentException>(() => histogram.ShareBelow(3));
    }

    [Fact]
    public void Constructor_BoundsThatDoNotAscend_Throws()
    {
        Assert.Throws<ArgumentException>(() => new FixedHistogram());
        Assert.Throws<ArgumentException>(() => new FixedHistogram(1, 1));
        Assert.Throws<ArgumentException>(() => new FixedHistogram(2, 1));
        Assert.Throws<ArgumentException>(() => new FixedHistogram(new long[4097]));
        Assert.Throws<ArgumentException>(() => new FixedHistogram(1).Merge(new FixedHistogram(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedHistogram(1).Add(1, -1));
    }

    [Fact]
    public void Add_AndMerge_AllocateNothing()
    {
        var histogram = new FixedHistogram(10, 20, 30);
        var other = new FixedHistogram(10, 20, 30);

        Assert.Equal(0, Allocations.Least(() =>
        {
            histogram.Add(15);
            histogram.Remove(15);
            histogram.Merge(other);
            _ = histogram.ShareBelow(20);
        }));
    }
}
