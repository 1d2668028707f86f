using FsCheck;
using FsCheck.Fluent;
using StreamSense.Contracts;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Tests.Buffering;

public sealed class KeyedTableTests
{
    [Fact]
    public void GetOrAdd_AnyKeysAndClears_IsWhatADictionaryHolds() => Prop.ForAll<byte[], byte>((steps, spread) =>
    {
        var table = new KeyedTable<Sum>(maxRows: 1000);
        var expected = new Dictionary<ulong, Sum>();
        var order = new List<ulong>();
        foreach (byte step in steps)
        {
            if (step == byte.MaxValue)
            {
                table.Clear();
                expected.Clear();
                order.Clear();
                continue;
            }

            // Keys that differ in high bits only, in low bits only, and both.
            ulong key = (ulong)step << (spread % 64);
            ref Sum row = ref table.GetOrAdd(key);
            row.Count++;
            row.Total += step;
            order.AddRange(expected.ContainsKey(key) ? [] : [key]);
            Sum old = expected.GetValueOrDefault(key);
            expected[key] = new Sum { Count = old.Count + 1, Total = old.Total + step };
        }

        return table.Count == expected.Count
            && Keys(table).SequenceEqual(order)
            && order.Select((key, i) => table[i].Equals(expected[key])).All(same => same);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1, 1_000)]
    [InlineData(31, 3, 1_000)]
    [InlineData(32, 1_000, 10_000)]
    [InlineData(1_000, 20, 500)]
    [InlineData(100_003, 50_000, 50_000)]
    [InlineData(100_003, 90_000, 1_000)]
    public void Update_AnyKeys_IsTheSameAsOneByOne(int events, int distinct, int maxRows)
    {
        ulong[] keys = [.. Enumerable.Range(0, events).Select(i => (ulong)(i * 7919L % distinct))];
        long[] values = [.. Enumerable.Range(0, events).Select(i => (long)i)];
        var oneByOne = new KeyedTable<Sum>(maxRows);
        for (int i = 0; i < events; i++)
        {
            ref Sum row = ref oneByOne.GetOrAdd(keys[i]);
            row.Count++;
            row.Total += values[i];
        }

        var batched = new KeyedTable<Sum>(maxRows);
        var update = new AddValues(values);
        batched.Update(keys, ref update);

        Assert.Equal(Keys(oneByOne), Keys(batched));
        Assert.Equal(Rows(oneByOne), Rows(batched));
        Assert.Equal(oneByOne.Overflow, batched.Overflow);
        Assert.Equal(oneByOne.Overflowed, batched.Overflowed);
        Assert.Equal(events, Rows(batched).Sum(row => row.Count) + batched.Overflow.Count);
    }

    [Fact]
    public void GetOrAdd_BeyondMaxRows_SharesTheOverflowRowAndIsCounted()
    {
        var table = new KeyedTable<Sum>(maxRows: 3);
        for (ulong key = 0; key < 5; key++)
        {
            table.GetOrAdd(key, out int index).Count++;
            Assert.Equal(key < 3 ? (int)key : -1, index);
        }

        table.GetOrAdd(1).Count++;

        Assert.Equal(3, table.Count);
        Assert.Equal(2, table.Overflowed);
        Assert.Equal(2, table.Overflow.Count);
        Assert.Equal([1L, 2L, 1L], Rows(table).Select(row => row.Count));
        Assert.False(table.TryFind(4, out _));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(ulong.MaxValue)]
    public void TryFind_AKeyBeforeAndAfterClear_IsOnlyFoundWhileItIsThere(ulong key)
    {
        var table = new KeyedTable<Sum>(maxRows: 100);
        Assert.False(table.TryFind(key, out _));

        table.GetOrAdd(42).Count = 1;
        table.GetOrAdd(key, out int added).Count = 7;
        Assert.True(table.TryFind(key, out int index));
        Assert.Equal(added, index);
        Assert.Equal(key, table.KeyOf(index));
        Assert.Equal(7, table[index].Count);

        table.Clear();
        Assert.False(table.TryFind(key, out _));
        Assert.Equal(0, table.Count);
        Assert.Equal(0, table.GetOrAdd(key).Count);
    }

    [Fact]
    public void GetOrAdd_WideRows_KeepsThemWhole()
    {
        var table = new KeyedTable<Wide>(maxRows: 5_000);
        for (int i = 0; i < 10_000; i++)
        {
            ref Wide row = ref table.GetOrAdd((ulong)(i % 5_000) * 1_000_003);
            row.First += i;
            row.Last -= i;
        }

        Assert.Equal(5_000, table.Count);
        for (int i = 0; i < table.Count; i++)
        {
            Assert.Equal((ulong)i * 1_000_003, table.KeyOf(i));
            Assert.Equal((2 * i) + 5_000, table[i].First);
            Assert.Equal(-table[i].First, table[i].Last);
        }
    }

    [Fact]
    public void CopyFrom_ATable_HoldsTheSameRowsInTheSameOrder()
    {
        KeyedTable<Sum> source = Filled(1_000, maxRows: 900);
        var copy = new KeyedTable<Sum>(maxRows: 900);
        copy.GetOrAdd(123_456_789).Count = 1;

        copy.CopyFrom(source);
        source.Clear();

        Assert.Equal(Enumerable.Range(0, 900).Select(i => (ulong)i), Keys(copy));
        Assert.All(Rows(copy), row => Assert.Equal(1, row.Count));
        Assert.Equal(100, copy.Overflow.Count);
        Assert.Equal(100, copy.Overflowed);
        Assert.Throws<ArgumentException>(() => new KeyedTable<Sum>(maxRows: 899).CopyFrom(copy));
    }

    [Fact]
    public void Clear_OftenAndWithRoom_AllocatesNothing()
    {
        KeyedTable<Sum> table = Filled(2_000, maxRows: 2_000);
        KeyedTable<Sum> copy = Filled(2_000, maxRows: 2_000);
        ulong[] keys = [.. Enumerable.Range(0, 2_000).Select(i => (ulong)i * 77)];
        long[] values = new long[keys.Length];

        Assert.Equal(0, Allocations.Least(() =>
        {
            table.Clear();
            var update = new AddValues(values);
            table.Update(keys, ref update);
            copy.CopyFrom(table);
            table.Clear();
            foreach (ulong key in keys)
            {
                table.GetOrAdd(key).Count++;
            }
        }));
        Assert.Equal(2_000, table.Count);
    }

    [Fact]
    public void MemoryBytes_OfATable_IsWithinWhatIsPromised()
    {
        foreach (int rows in new[] { 100, 5_000, 100_000 })
        {
            KeyedTable<Sum> table = Filled(rows, rows);
            Assert.InRange(table.MemoryBytes, rows * 32L, (rows * 4L * (16 + 16)) + (rows * 4L) + 1_000);
        }
    }

    [Fact]
    public void Indexer_OutsideOfTheRows_Throws()
    {
        KeyedTable<Sum> table = Filled(10, maxRows: 100);
        Assert.Throws<IndexOutOfRangeException>(() => table[10].Count);
        Assert.Throws<IndexOutOfRangeException>(() => table[-1].Count);
        Assert.Throws<IndexOutOfRangeException>(() => table.KeyOf(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyedTable<Sum>(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyedTable<Sum>(10, 11));
    }

    private static KeyedTable<Sum> Filled(int keys, int maxRows)
    {
        var table = new KeyedTable<Sum>(maxRows);
        for (int i = 0; i < keys; i++)
        {
            table.GetOrAdd((ulong)i).Count++;
        }

        return table;
    }

    private static ulong[] Keys(KeyedTable<Sum> table) => [.. Enumerable.Range(0, table.Count).Select(table.KeyOf)];

    private static Sum[] Rows(KeyedTable<Sum> table) => [.. Enumerable.Range(0, table.Count).Select(i => table[i])];

    private record struct Sum
    {
        public long Count;
        public long Total;
    }

    private unsafe struct Wide
    {
        public long First;
        public fixed byte Between[237];
        public long Last;
    }

    private readonly ref struct AddValues(ReadOnlySpan<long> values) : IRowUpdate<Sum>
    {
        private readonly ReadOnlySpan<long> _values = values;

        public void Apply(ref Sum row, int position)
        {
            row.Count++;
            row.Total += _values[position];
        }
    }
}
