using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Buffering;

public sealed class ShardRoutingTests
{
    [Fact]
    public void ShardOf_SequentialViews_SpreadsThemEvenly()
    {
        const int Shards = 6;
        const int Views = 60_000;
        int[] counts = new int[Shards];
        for (ulong view = 1; view <= Views; view++)
        {
            counts[ShardRouting.ShardOf(new StreamEvent { View = new ViewId(view) }, Shards)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, Views / Shards * 0.95, Views / Shards * 1.05));
    }

    [Fact]
    public void ShardOf_View_DecidesAloneWhereItIsGiven()
    {
        for (ulong other = 1; other < 50; other++)
        {
            var bare = new StreamEvent { View = new ViewId(99) };
            var full = new StreamEvent
            {
                View = new ViewId(99),
                Viewer = new ViewerId(other),
                Device = new DeviceId(other * 3),
                Household = new HouseholdId(other),
                Id = new EventId(other),
            };
            Assert.Equal(ShardRouting.ShardOf(in bare, 16), ShardRouting.ShardOf(in full, 16));
        }
    }

    [Fact]
    public void ShardOf_WithoutView_GoesByViewerThenDeviceThenId()
    {
        int expected = ShardRouting.ShardOf(new StreamEvent { View = new ViewId(77) }, 64);
        Assert.Equal(expected, ShardRouting.ShardOf(new StreamEvent { Viewer = new ViewerId(77), Device = new DeviceId(5) }, 64));
        Assert.Equal(expected, ShardRouting.ShardOf(new StreamEvent { Device = new DeviceId(77), Id = new EventId(5) }, 64));
        Assert.Equal(expected, ShardRouting.ShardOf(new StreamEvent { Id = new EventId(77), Household = new HouseholdId(5) }, 64));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void ShardOf_AnyEvent_IsAShard(int shards)
    {
        for (ulong view = 0; view < 1000; view++)
        {
            Assert.InRange(ShardRouting.ShardOf(new StreamEvent { View = new ViewId(view * 0x9E3779B97F4A7C15UL) }, shards), 0, shards - 1);
        }
    }
}
