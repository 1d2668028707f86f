using StreamSense.Contracts;
using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

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

    [Fact]
    public void Filter_OfAMillionIds_TakesThirtyTwoMebibytes()
    {
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            GC.KeepAlive(new DuplicateFilter(1 << 20));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least, 32 << 20, (32 << 20) + 65_536);
    }

    [Fact]
    public void TryAdd_DifferentIds_AreNeverDuplicates()
    {
        // 64-bit hashes of two million ids: a pair that is equal has a probability of n^2 / 2^65, one in nine million.
        const int Ids = 2_000_000;
        var pseudonymizer = new Pseudonymizer(PseudonymKey.FromSecret("a secret of the test, long enough"u8));
        var filter = new DuplicateFilter(Ids);
        Span<byte> id = stackalloc byte[sizeof(int)];
        int duplicates = 0;
        for (int i = 0; i < Ids; i++)
        {
            BitConverter.TryWriteBytes(id, i);
            duplicates += filter.TryAdd(pseudonymizer.EventFrom(id)) ? 0 : 1;
        }

        Assert.Equal(0, duplicates);
    }
}
