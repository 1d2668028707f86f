using StreamSense.Contracts;
using StreamSense.Core.Admission;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Admission;

public sealed class DuplicateFilterTests
{
    [Fact]
    public void TryAdd_IdWithinTheWindow_IsADuplicate()
    {
        var filter = new DuplicateFilter(1000);
        for (ulong i = 1; i <= 1000; i++)
        {
            Assert.True(filter.TryAdd(new EventId(i * 0x9e3779b97f4a7c15)));
        }

        for (ulong i = 1; i <= 1000; i++)
        {
            Assert.False(filter.TryAdd(new EventId(i * 0x9e3779b97f4a7c15)));
        }
    }

    [Fact]
    public void TryAdd_IdOlderThanTwoWindows_IsForgotten()
    {
        var filter = new DuplicateFilter(100);
        for (ulong i = 1; i <= 1000; i++)
        {
            filter.TryAdd(new EventId(i));
        }

        Assert.True(filter.TryAdd(new EventId(1)));
        Assert.False(filter.TryAdd(new EventId(999)));
    }

    [Fact]
    public void TryAdd_WarmFilter_AllocatesNothing()
    {
        var filter = new DuplicateFilter(4096);
        ulong last = 0;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                filter.TryAdd(new EventId(++last * 0x9e3779b97f4a7c15));
            }
        }));
    }

    [Fact]
    public void Add_BeyondTheFirstCapacity_KeepsEveryId()
    {
        var set = new EventIdSet(16);
        for (ulong i = 1; i <= 10_000; i++)
        {
            Assert.True(set.Add(new EventId(i * 0x9e3779b97f4a7c15)));
        }

        Assert.Equal(10_000, set.Count);
        for (ulong i = 1; i <= 10_000; i++)
        {
            Assert.True(set.Contains(new EventId(i * 0x9e3779b97f4a7c15)));
        }

        Assert.False(set.Contains(new EventId(12345)));
    }
}
