using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Core.Sketches;

/// <summary>The counters of a <see cref="HeavyHitters"/>: key and value in a flat table with linear probing, at most half full.</summary>
/// <remarks>A place is empty where its value is 0. The first places are repeated behind the last, so that four keys can be compared at
/// once anywhere. Keys are spread by multiply-shift with a factor that comes from the seed.</remarks>
internal struct CounterTable
{
    private const int Window = 4;
    private const int LeastPlaces = 16;

    // At least two of five counters are as great as the amount that all are lowered by.
    private const int FifthsKept = 2;

    private readonly int _mostUsed;
    private readonly ulong _factor;
    private ulong[] _keys;
    private long[] _values;
    private ulong[] _keptKeys;
    private long[] _keptValues;
    private int _shift;

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
    public int Used { get; private set; }

    /// <summary>How many places there are.</summary>
    public readonly int Places => _values.Length;

    /// <summary>Raises a counter if it lies in or just behind its home.</summary>
    /// <returns>Whether it did.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryRaise(ulong key, long weight)
    {
        nuint home = HomeOf(key);
        ref ulong keys = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_keys), home);
        uint matches = Vector256.Equals(Vector256.LoadUnsafe(ref keys), Vector256.Create(key)).ExtractMostSignificantBits();
        if (matches == 0)
        {
            return false;
        }

        nuint place = (home + (uint)BitOperations.TrailingZeroCount(matches)) & ((nuint)_values.Length - 1);
        ref long value = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), place);
        if (value == 0)
        {
            return false;
        }

        value += weight;
        return true;
    }

    /// <summary>Raises a counter, or adds one, and lowers all of them if they have become too many.</summary>
    /// <returns>By how much all were lowered, or 0.</returns>
    public long Add(ulong key, long weight)
    {
        int place = PlaceOf(key);
        if (_values[place] != 0)
        {
            _values[place] += weight;
            return 0;
        }

        Put(place, key, weight);
        Used++;
        if (Used > _mostUsed)
        {
            long amount = AmountToLower();
            Rebuild(_values.Length, amount);
            return amount;
        }

        if (Used * 2L > _values.Length && _values.Length < _mostUsed * 2L)
        {
            Rebuild(_values.Length * 2, 0);
        }

        return 0;
    }

    /// <summary>The value of a key's counter, or 0.</summary>
    public readonly long ValueOf(ulong key) => _values[PlaceOf(key)];

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
        Array.Clear(_keys);
        Array.Clear(_values);
        Used = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly nuint HomeOf(ulong key) => (nuint)((key * _factor) >> _shift);

    private readonly int PlaceOf(ulong key)
    {
        int mask = _values.Length - 1;
        int place = (int)HomeOf(key);
        while (_values[place] != 0 && _keys[place] != key)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    private readonly void Put(int place, ulong key, long value)
    {
        _keys[place] = key;
        _values[place] = value;
        if (place < Window - 1)
        {
            _keys[_values.Length + place] = key;
        }
    }

    // The greatest amount, to within a sixteenth, that enough counters reach. Small amounts are the rule: so it is sought from below.
    private readonly long AmountToLower()
    {
        int kept = ((Used * FifthsKept) + 4) / 5;
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

    private readonly long CountFrom(long least)
    {
        var bound = new Vector<long>(least);
        Vector<long> counts = Vector<long>.Zero;
        ReadOnlySpan<long> values = _values;
        int done = 0;
        for (; done + Vector<long>.Count <= values.Length; done += Vector<long>.Count)
        {
            counts -= Vector.GreaterThanOrEqual(new Vector<long>(values[done..]), bound);
        }

        long count = Vector.Sum(counts);
        for (; done < values.Length; done++)
        {
            count += values[done] >= least ? 1 : 0;
        }

        return count;
    }

    private void Rebuild(int places, long amount)
    {
        if (_keptKeys.Length < Used)
        {
            _keptKeys = new ulong[Math.Min(_mostUsed + 1, _values.Length)];
            _keptValues = new long[_keptKeys.Length];
        }

        // Written first and counted afterwards: whether a counter stays cannot be guessed, so there is no branch.
        int kept = 0;
        int last = _keptKeys.Length - 1;
        for (int place = 0; place < _values.Length; place++)
        {
            int to = Math.Min(kept, last);
            _keptKeys[to] = _keys[place];
            _keptValues[to] = _values[place] - amount;
            kept += _values[place] > amount ? 1 : 0;
        }

        Refill(places, kept);
    }

    private void Refill(int places, int kept)
    {
        if (places != _values.Length)
        {
            TakePlaces(places);
        }
        else
        {
            Clear();
        }

        int mask = _values.Length - 1;
        for (int i = 0; i < kept; i++)
        {
            int place = (int)HomeOf(_keptKeys[i]);
            while (_values[place] != 0)
            {
                place = (place + 1) & mask;
            }

            Put(place, _keptKeys[i], _keptValues[i]);
        }

        Used = kept;
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_keys), nameof(_values))]
    private void TakePlaces(int places)
    {
        _keys = new ulong[places + Window - 1];
        _values = new long[places];
        _shift = 64 - BitOperations.Log2((uint)places);
    }
}
