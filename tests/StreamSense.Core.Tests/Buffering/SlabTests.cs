using FsCheck;
using FsCheck.Fluent;
using StreamSense.Contracts;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Tests.Buffering;

public sealed class SlabTests
{
    [Fact]
    public void TryGetOrAdd_NewKey_GivesAClearedRow()
    {
        using var slab = new Slab<Row>(4);
        Assert.True(slab.TryGetOrAdd(0, out int row, out bool added));
        Assert.True(added);
        slab[row].First = 9;
        Assert.True(slab.Remove(0));
        Assert.True(slab.TryGetOrAdd(1, out int again, out _));
        Assert.Equal(row, again);
        Assert.Equal(0, slab[again].First);
    }

    [Fact]
    public void TryGetOrAdd_FullSlab_SaysNoButFindsWhatIsThere()
    {
        using var slab = new Slab<Row>(3);
        for (ulong key = 0; key < 3; key++)
        {
            Assert.True(slab.TryGetOrAdd(key, out _, out _));
        }

        Assert.False(slab.TryGetOrAdd(3, out int none, out bool added));
        Assert.Equal(-1, none);
        Assert.False(added);
        Assert.True(slab.TryGetOrAdd(2, out _, out added));
        Assert.False(added);
        Assert.Equal(3, slab.Count);
    }

    [Fact]
    public void Operations_AnySequence_AgreeWithADictionary()
    {
        Gen<(int Verb, ulong Key, long Value)> step =
            from verb in Gen.Choose(0, 9)
            from key in Gen.Choose(0, 40)
            from value in Gen.Choose(0, 1000)
            select (verb, (ulong)key * 0x100000001UL, (long)value);
        Prop.ForAll(Arb.From(step.ListOf()), steps => AgreesWithDictionary(steps)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Remove_ComingAndGoingForEver_AllocatesNothing()
    {
        using var slab = new Slab<Row>(1000, 1000);
        ComeAndGo(slab, 2000);
        Assert.Equal(0, Allocations.Least(() => ComeAndGo(slab, 20_000)));
        Assert.Equal(0, slab.Count);
    }

    [Fact]
    public void BeginWrite_OpenRow_Throws()
    {
        using var slab = new Slab<Row>(1);
        slab.TryGetOrAdd(1, out int row, out _);
        slab.BeginWrite(row);
        Assert.Throws<InvalidOperationException>(() => { slab.BeginWrite(row); });
        slab.EndWrite(row);
        Assert.True(slab.TryRead(1, out _));
    }

    [Fact]
    public void Dispose_ReadersAfterwards_FindNothing()
    {
        var slab = new Slab<Row>(10);
        slab.TryGetOrAdd(1, out _, out _);
        slab.Dispose();
        Assert.False(slab.TryRead(1, out _));
        Assert.False(slab.TryReadAt(0, out _, out _));
        Assert.Equal(0, slab.Count);
        Assert.Throws<ObjectDisposedException>(() => slab.TryGetOrAdd(1, out _, out _));
    }

    private static bool AgreesWithDictionary(IEnumerable<(int Verb, ulong Key, long Value)> steps)
    {
        using var slab = new Slab<Row>(25);
        var model = new Dictionary<ulong, long>();
        foreach ((int verb, ulong key, long value) in steps)
        {
            if (verb < 5)
            {
                bool fits = model.ContainsKey(key) || model.Count < slab.MaxRows;
                Assert.Equal(fits, slab.TryGetOrAdd(key, out int row, out bool added));
                Assert.Equal(fits && !model.ContainsKey(key), added);
                if (fits)
                {
                    slab.BeginWrite(row) = new Row { First = value, Second = ~value };
                    slab.EndWrite(row);
                    model[key] = value;
                }
            }
            else if (verb < 8)
            {
                Assert.Equal(model.Remove(key), slab.Remove(key));
            }
            else
            {
                Assert.Equal(model.TryGetValue(key, out long expected), slab.TryRead(key, out Row copy));
                Assert.Equal(expected, copy.First);
            }
        }

        var live = new Dictionary<ulong, long>();
        for (int row = slab.NextRow(-1); row >= 0; row = slab.NextRow(row))
        {
            live.Add(slab.KeyOf(row), slab[row].First);
        }

        Assert.Equal(model.OrderBy(pair => pair.Key), live.OrderBy(pair => pair.Key));
        return model.Count == slab.Count && model.All(pair => slab.TryFind(pair.Key, out int row) && slab[row].First == pair.Value);
    }

    private static void ComeAndGo(Slab<Row> slab, int rounds)
    {
        for (ulong i = 0; i < (ulong)rounds; i++)
        {
            slab.TryGetOrAdd(i, out _, out _);
            if (i >= 900)
            {
                slab.Remove(i - 900);
            }
        }

        for (ulong i = (ulong)rounds - 900; i < (ulong)rounds; i++)
        {
            slab.Remove(i);
        }
    }

    internal struct Row
    {
        public long First;
        public long Second;
    }
}
