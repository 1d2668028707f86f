using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Core.Sketches;

/// <summary>The counters of a <see cref="HeavyHitters"/>: key and value in a flat table with linear probing, at most half full.</summary>
/// <remarks>A place is empty where its value is 0, whatever its key; nothing is removed but by rebuilding. The first places are repeated
/// behind the last, so that four can be compared at once anywhere. Keys are spread by two folded products with a factor that comes from
/// the seed: one product alone keeps keys in equal steps in equal steps, and one factor in twenty crowds those.</remarks>
internal struct CounterTable
{
    private const int Window = 4;
    private const int Repeated = Window - 1;
    private const int LeastPlaces = 16;
    private const int Fold = 32;

    // One of so many counters is at least as great as the amount that all are lowered by.
    private const int OneKeptOf = 3;

    private readonly int _mostUsed;
    private readonly ulong _factor;
    private ulong[] _keys;
    private long[] _values;
    private ulong[] _keptKeys;
    private long[] _keptValues;
    private int _mask;
    private int _shift;
    private int _room;
    private int _used;

    /// <summary>Creates an empty table.</summary>
    /// <param name="mostUsed">How many counters it holds.</param>
    /// <param name="seed">Chooses the factor.</param>
    public CounterTable(int mostUsed, ulong seed)
    {
        _mostUsed = mostUsed;
        _factor = SeededHash.Prepare(seed) | 1;
        _keptKeys = [];
        _keptValues = [];
        TakePlaces(LeastPlaces);
    }

    /// <summary>How many counters there are.</summary>
    public readonly int Used => _used;

    /// <summary>How many places there are.</summary>
    public readonly int Places => _mask + 1;

    /// <summary>Raises a counter, or adds one, and lowers all of them if they have become too many.</summary>
    /// <remarks>Raising and adding are the same steps without a branch, since which it will be cannot be guessed.</remarks>
    /// <param name="key">The key.</param>
    /// <param name="weight">Its weight, above 0.</param>
    /// <returns>By how much all were lowered, or 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Add(ulong key, long weight)
    {
        nuint place = HomeOf(key);
        uint ends = EndsAt(place, key);
        place = ends != 0 ? (place + (uint)BitOperations.TrailingZeroCount(ends)) & (nuint)_mask : FurtherPlaceOf(key, place);
        ref long value = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), place);
        _used += value == 0 ? 1 : 0;
        value += weight;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_keys), place) = key;
        if (place < Repeated)
        {
            Repeat((int)place);
        }

        return _used > _room ? MakeRoom() : 0;
    }

    /// <summary>The value of a key's counter, or 0.</summary>
    public readonly long ValueOf(ulong key)
    {
        nuint home = HomeOf(key);
        uint ends = EndsAt(home, key);
        return _values[ends != 0 ? home + (uint)BitOperations.TrailingZeroCount(ends) : FurtherPlaceOf(key, home)];
    }

    /// <summary>Where the search for a key begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nuint HomeOf(ulong key)
    {
        ulong product = (key ^ (key >> Fold)) * _factor;
        return (nuint)(((product ^ (product >> Fold)) * _factor) >> _shift);
    }

    /// <summary>The counter of a place.</summary>
    /// <returns>False if the place is empty.</returns>
    public readonly bool TryGet(int place, out ulong key, out long value)
    {
        key = _keys[place];
        value = _values[place];
        return value != 0;
    }

    /// <summary>Forgets all counters and keeps the room.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        _used = 0;
    }

    // A bit for each of four places that is the key's or is empty: the first of them is where the key is or would come.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint EndsAt(nuint place, ulong key)
    {
        ref ulong keys = ref MemoryMarshal.GetArrayDataReference(_keys);
        ref long values = ref MemoryMarshal.GetArrayDataReference(_values);
        if (!Vector128.IsHardwareAccelerated)
        {
            return EndsOneByOne(ref Unsafe.Add(ref keys, place), ref Unsafe.Add(ref values, place), key);
        }

        Vector256<ulong> matches = Vector256.Equals(Vector256.LoadUnsafe(ref keys, place), Vector256.Create(key));
        Vector256<long> empties = Vector256.Equals(Vector256.LoadUnsafe(ref values, place), Vector256<long>.Zero);
        return (matches.AsInt64() | empties).ExtractMostSignificantBits();
    }

    private static uint EndsOneByOne(ref ulong keys, ref long values, ulong key)
    {
        uint ends = 0;
        for (int i = 0; i < Window; i++)
        {
            ends |= (Unsafe.Add(ref keys, i) == key || Unsafe.Add(ref values, i) == 0 ? 1u : 0) << i;
        }

        return ends;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly nuint FurtherPlaceOf(ulong key, nuint place)
    {
        uint ends = 0;
        while (ends == 0)
        {
            place = (place + Window) & (nuint)_mask;
            ends = EndsAt(place, key);
        }

        return (place + (uint)BitOperations.TrailingZeroCount(ends)) & (nuint)_mask;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Repeat(int place)
    {
        _keys[Places + place] = _keys[place];
        _values[Places + place] = _values[place];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long MakeRoom()
    {
        if (_used <= _mostUsed)
        {
            Rebuild(Places * 2, 0);
            return 0;
        }

        long amount = AmountToLower();
        Rebuild(Places, amount);
        return amount;
    }

    // The greatest amount, to within a sixteenth, that enough counters reach. Small amounts are the rule: so it is sought from below.
    private readonly long AmountToLower()
    {
        int kept = (_used + OneKeptOf - 1) / OneKeptOf;
        long low = 1;
        long high = 2;
        while (CountFrom(high) >= kept)
        {
            low = high;
            if (high > long.MaxValue / 2)
            {
                return low;
            }

            high *= 2;
        }

        while (high - low > Math.Max(1, low / 16))
        {
            long middle = low + ((high - low) / 2);
            if (CountFrom(middle) >= kept)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // The number of places is a multiple of every vector's length.
    private readonly long CountFrom(long least)
    {
        ref long first = ref MemoryMarshal.GetArrayDataReference(_values);
        nuint length = (nuint)Places;
        nuint done = 0;
        long count = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<long> counts = Vector512<long>.Zero;
            for (; done < length; done += (nuint)Vector512<long>.Count)
            {
                counts -= Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref first, done), Vector512.Create(least));
            }

            count = Vector512.Sum(counts);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Vector256<long> counts = Vector256<long>.Zero;
            for (; done < length; done += (nuint)Vector256<long>.Count)
            {
                counts -= Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref first, done), Vector256.Create(least));
            }

            count = Vector256.Sum(counts);
        }

        for (; done < length; done++)
        {
            count += Unsafe.Add(ref first, done) >= least ? 1 : 0;
        }

        return count;
    }

    private void Rebuild(int places, long amount)
    {
        if (_keptKeys.Length < _used)
        {
            _keptKeys = new ulong[Math.Min(_mostUsed + 1, Places)];
            _keptValues = new long[_keptKeys.Length];
        }

        // Which counters stay cannot be guessed: so they are found as bits, not by a branch for each.
        int kept = 0;
        for (int place = 0; place < Places; place += Window)
        {
            Vector256<long> values = Vector256.LoadUnsafe(ref _values[place]);
            uint greater = Vector256.GreaterThan(values, Vector256.Create(amount)).ExtractMostSignificantBits();
            for (uint stay = greater; stay != 0; stay &= stay - 1)
            {
                int from = place + BitOperations.TrailingZeroCount(stay);
                _keptKeys[kept] = _keys[from];
                _keptValues[kept] = _values[from] - amount;
                kept++;
            }
        }

        Refill(places, kept);
    }

    private void Refill(int places, int kept)
    {
        if (places != Places)
        {
            TakePlaces(places);
        }

        // Keys may stay where they were: an empty place is one without a value.
        long[] values = _values;
        Array.Clear(values);
        for (int i = 0; i < kept; i++)
        {
            int place = (int)HomeOf(_keptKeys[i]);
            while (values[place] != 0)
            {
                place = (place + 1) & _mask;
            }

            _keys[place] = _keptKeys[i];
            values[place] = _keptValues[i];
        }

        for (int place = 0; place < Repeated; place++)
        {
            Repeat(place);
        }

        _used = kept;
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_keys), nameof(_values))]
    private void TakePlaces(int places)
    {
        _keys = new ulong[places + Repeated];
        _values = new long[places + Repeated];
        _mask = places - 1;
        _room = Math.Min(_mostUsed, places / 2);
        _shift = 64 - BitOperations.Log2((uint)places);
    }
}
