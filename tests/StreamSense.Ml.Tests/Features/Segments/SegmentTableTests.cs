using StreamSense.Core.Events;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features.Segments;

public sealed class SegmentTableTests
{
    [Fact]
    public void Set_SomeSegments_LeavesTheOthers()
    {
        using var table = new SegmentTable(10, "a", "b", "c");
        ViewerId viewer = World.Viewer(1);

        Assert.True(table.Set(viewer, 0b011, 0b010));
        Assert.True(table.Set(viewer, 0b100, 0b100));
        Assert.False(table.Set(viewer, 0b100, 0b100));
        Assert.Equal(0b110UL, table.SegmentsOf(viewer));
        Assert.True(table.Set(viewer, 0b010, 0));
        Assert.Equal(0b100UL, table.SegmentsOf(viewer));
        Assert.Equal(0b100UL, table.BitOf("c"));
        Assert.Equal(0UL, table.SegmentsOf(World.Viewer(2)));
        Assert.Equal(0UL, table.SegmentsOf(ViewerId.None));
        Assert.False(table.Set(ViewerId.None, 1, 1));
        Assert.Throws<ArgumentException>(() => table.Set(viewer, 0b1000, 0));
        Assert.Throws<ArgumentException>(() => table.Set(viewer, 0b001, 0b010));
        Assert.Throws<ArgumentException>(() => table.BitOf("d"));
    }

    [Fact]
    public void Set_MoreViewersThanItHolds_ForgetsTheOneLongestNotWritten()
    {
        using var table = new SegmentTable(3, "a");
        for (ulong viewer = 0; viewer < 5; viewer++)
        {
            Assert.True(table.Set(World.Viewer(viewer), 1, 1));
        }

        Assert.Equal((3, 2L), (table.Count, table.Evicted));
        Assert.Equal([0UL, 0, 1, 1, 1], Enumerable.Range(0, 5).Select(viewer => table.SegmentsOf(World.Viewer((ulong)viewer))));
        Assert.True(table.Forget(World.Viewer(4)));
        Assert.Equal(0UL, table.SegmentsOf(World.Viewer(4)));
    }

    [Fact]
    public void CountMembers_AllSegments_CountsEachBit()
    {
        string[] names = [.. Enumerable.Range(0, 64).Select(i => $"s{i}")];
        using var table = new SegmentTable(100, names);
        table.Set(World.Viewer(1), ulong.MaxValue, ulong.MaxValue);
        table.Set(World.Viewer(2), 1, 1);
        var counts = new long[64];

        table.CountMembers(counts);

        Assert.Equal([2, .. Enumerable.Repeat(1L, 63)], counts);
    }

    [Fact]
    public void Create_BadNames_Throws()
    {
        Assert.Throws<ArgumentException>(() => new SegmentTable(1));
        Assert.Throws<ArgumentException>(() => new SegmentTable(1, "a", "a"));
        Assert.Throws<ArgumentException>(() => new SegmentTable(1, ""));
        Assert.Throws<ArgumentException>(() => new SegmentTable(1, [.. Enumerable.Range(0, 65).Select(i => $"s{i}")]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SegmentTable(0, "a"));
    }

    [Fact]
    public void SegmentsOf_WhileOthersWrite_NeverSeesHalfOfAChange()
    {
        using var table = new SegmentTable(64, "left", "right");
        bool ended = false;
        var writer = new Thread(() =>
        {
            for (int i = 0; i < 200_000; i++)
            {
                table.Set(World.Viewer((ulong)(i % 16)), 0b11, (i & 16) == 0 ? 0b01UL : 0b10UL);
            }

            Volatile.Write(ref ended, true);
        });
        for (ulong viewer = 0; viewer < 16; viewer++)
        {
            table.Set(World.Viewer(viewer), 0b11, 0b01);
        }

        writer.Start();
        while (!Volatile.Read(ref ended))
        {
            for (ulong viewer = 0; viewer < 16; viewer++)
            {
                Assert.True(table.SegmentsOf(World.Viewer(viewer)) is 0b01 or 0b10);
            }
        }

        writer.Join();
    }

    [Fact]
    public void SegmentOf_CubeDimension_IsTheFirstNamedSegment()
    {
        using var table = new SegmentTable(10, "a", "b", "c");
        var vocabulary = new Vocabulary();
        table.Set(World.Viewer(1), 0b111, 0b110);
        var all = new SegmentDimension(table, vocabulary);
        var some = new SegmentDimension(table, vocabulary, "c", "b");

        Assert.Equal("b", vocabulary.Terms.NameOf(all.SegmentOf(World.Viewer(1), default)));
        Assert.Equal("c", vocabulary.Terms.NameOf(some.SegmentOf(World.Viewer(1), default)));
        Assert.True(some.SegmentOf(World.Viewer(2), default).IsNone);
        Assert.Throws<ArgumentException>(() => new SegmentDimension(table, vocabulary, "d"));
    }
}
