using System.Buffers;
using System.Runtime.CompilerServices;

namespace StreamSense.Core.Sketches;

/// <summary>The keys of greatest weight in a stream, found with a fixed number of counters, with certain bounds on each weight.</summary>
/// <remarks>
/// <para>Misra and Gries: Finding repeated elements (1982), with weights and with many counters lowered at once, as in Anderson, Bevan,
/// Lang, Liberty, Rhodes, Thaler: A high-performance algorithm for identifying frequent items in data streams (2017).</para>
/// <para>Error: every key's true weight lies between its counter (0 if it has none) and its counter plus <see cref="MaxError"/>; and
/// <see cref="MaxError"/> is at most 3 / <see cref="Counters"/> of <see cref="TotalWeight"/>, always. Proof: there are M counters, and one
/// more key than that makes all M + 1 be lowered by an amount d, chosen so that at least a third of them is d or greater. So each lowering
/// takes at least (M + 1) d / 3 from the sum of the counters, which never exceeds the weight added less what was taken before: all d
/// together, which is what a counter can miss, are at most 3 N / (M + 1). Merging adds both sides, hence the bound holds for merged
/// sketches too, with the least M among them. No key heavier than <see cref="MaxError"/> is ever missed.</para>
/// <para>Memory: 16 bytes for each of two to four places a counter, and 16 bytes a counter while it lowers. Nothing is allocated once there
/// is room.</para>
/// </remarks>
public sealed class HeavyHitters : ISketch<HeavyHitters>
{
    /// <summary>The fewest counters.</summary>
    public const int FewestCounters = 8;

    /// <summary>The most counters.</summary>
    public const int MostCounters = 1 << 20;

    private const byte Version = 1;
    private const int LeastBytesPerCounter = sizeof(ulong) + 1;

    private CounterTable _table;

    /// <summary>Creates an empty sketch.</summary>
    /// <param name="counters">How many keys it keeps count of.</param>
    /// <param name="seed">Chooses how keys are spread over the table. It changes no result, only the time that keys chosen to collide can
    /// cost.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of counters is not between 8 and 2^20.</exception>
    public HeavyHitters(int counters = 1024, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(counters, FewestCounters);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counters, MostCounters);
        Counters = counters;
        Seed = seed;
        _table = new CounterTable(counters, seed);
    }

    /// <summary>How many keys it keeps count of.</summary>
    /// <value>1,024 unless it was chosen.</value>
    public int Counters { get; }

    /// <summary>What chooses how keys are spread.</summary>
    /// <value>0 unless it was chosen.</value>
    public ulong Seed { get; }

    /// <summary>The weight of all keys together, exactly.</summary>
    public long TotalWeight { get; private set; }

    /// <summary>By how much a counter may be below its key's true weight; and no key without a counter is heavier.</summary>
    public long MaxError { get; private set; }

    /// <summary>How many keys have a counter now.</summary>
    public int Count => _table.Used;

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="bytes">The bytes of one sketch and no more.</param>
    /// <returns>The sketch.</returns>
    /// <exception cref="InvalidDataException">The bytes are not those of such a sketch.</exception>
    public static HeavyHitters Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SketchReader(bytes, SketchFormat.HeavyHitters, Version);
        ulong counters = reader.Varint();
        SketchReader.Require(counters is >= FewestCounters and <= MostCounters);
        var sketch = new HeavyHitters((int)counters, reader.UInt64())
        {
            TotalWeight = reader.Amount(),
            MaxError = reader.Amount(),
        };
        int count = reader.CountOf(LeastBytesPerCounter);
        SketchReader.Require(count <= sketch.Counters && sketch.MaxError <= sketch.TotalWeight);
        ulong last = 0;

        // A lowering takes more from the counters than it adds to the error.
        long left = sketch.TotalWeight - sketch.MaxError;
        for (int i = 0; i < count; i++)
        {
            ulong key = reader.UInt64();
            ulong weight = reader.Varint();
            SketchReader.Require((i == 0 || key > last) && weight > 0 && weight <= (ulong)left);
            sketch._table.Add(key, (long)weight);
            left -= (long)weight;
            last = key;
        }

        reader.End();
        return sketch;
    }

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key; any value.</param>
    /// <param name="weight">Its weight; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative.</exception>
    /// <exception cref="OverflowException">All weight would pass <see cref="long.MaxValue"/>; nothing was added.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong key, long weight = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        if (weight > 0)
        {
            TotalWeight = checked(TotalWeight + weight);
            long lowered = _table.Add(key, weight);
            if (lowered > 0)
            {
                MaxError += lowered;
            }
        }
    }

    /// <summary>Adds all that another sketch has seen.</summary>
    /// <remarks>Which keys keep a counter may depend on the order of merging; the bounds hold in any.</remarks>
    /// <param name="other">The other sketch; unchanged unless it is this one.</param>
    /// <exception cref="OverflowException">All weight would pass <see cref="long.MaxValue"/>; nothing was added.</exception>
    public void Merge(HeavyHitters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        HeavyHitter[] items = other.Items(0);
        TotalWeight = checked(TotalWeight + other.TotalWeight);
        MaxError += other.MaxError;
        foreach (HeavyHitter item in items)
        {
            MaxError += _table.Add(item.Key, item.LowerBound);
        }
    }

    /// <summary>What a key's weight is at least.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The bound; 0 for a key without a counter.</returns>
    public long LowerBound(ulong key) => _table.ValueOf(key);

    /// <summary>What a key's weight is at most.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The bound; <see cref="MaxError"/> for a key without a counter.</returns>
    public long UpperBound(ulong key) => LowerBound(key) + MaxError;

    /// <summary>The keys with the greatest counters.</summary>
    /// <param name="count">How many at most.</param>
    /// <returns>The keys, the heaviest first, and the lesser key first where counters are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public IReadOnlyList<HeavyHitter> Top(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        HeavyHitter[] items = Sorted(Items(0));
        return count < items.Length ? items[..count] : items;
    }

    /// <summary>All keys that may have a weight: none that has is missing if that weight is greater than <see cref="MaxError"/>.</summary>
    /// <param name="weight">The weight.</param>
    /// <returns>The keys, the heaviest first. Those whose lower bound reaches the weight surely have it.</returns>
    public IReadOnlyList<HeavyHitter> AtLeast(long weight) => Sorted(Items(weight));

    /// <summary>Forgets everything; the room stays for the next keys.</summary>
    public void Clear()
    {
        _table.Clear();
        TotalWeight = 0;
        MaxError = 0;
    }

    /// <summary>Writes the sketch as bytes.</summary>
    /// <param name="output">Where to.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var writer = new SketchWriter(output, SketchFormat.HeavyHitters, Version);
        writer.Varint((ulong)Counters);
        writer.UInt64(Seed);
        writer.Int64(TotalWeight);
        writer.Int64(MaxError);
        HeavyHitter[] items = Items(0);
        Array.Sort(items, static (left, right) => left.Key.CompareTo(right.Key));
        writer.Varint((ulong)items.Length);
        foreach (HeavyHitter item in items)
        {
            writer.UInt64(item.Key);
            writer.Varint((ulong)item.LowerBound);
        }
    }

    private static HeavyHitter[] Sorted(HeavyHitter[] items)
    {
        Array.Sort(items, static (left, right) =>
        {
            int order = right.LowerBound.CompareTo(left.LowerBound);
            return order != 0 ? order : left.Key.CompareTo(right.Key);
        });
        return items;
    }

    private HeavyHitter[] Items(long upperBound)
    {
        var items = new HeavyHitter[_table.Used];
        int found = 0;
        for (int place = 0; place < _table.Places; place++)
        {
            if (_table.TryGet(place, out ulong key, out long value) && value + MaxError >= upperBound)
            {
                items[found++] = new HeavyHitter(key, value, value + MaxError);
            }
        }

        return found < items.Length ? items[..found] : items;
    }
}
