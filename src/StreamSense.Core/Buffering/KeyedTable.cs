using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace StreamSense.Core.Buffering;

/// <summary>Rows by 64-bit key in one flat block, for sums by group: rows are added and changed, and forgotten all together.</summary>
/// <remarks>
/// <para>Open addressing with linear probing, at most half full, in a power of two of places that begin on cache lines. Room doubles as
/// rows come, up to <see cref="MaxRows"/>; keys beyond that share <see cref="Overflow"/> and are counted, so that sums over all rows stay
/// whole. <see cref="Clear"/> costs nothing: it begins a new generation, and places of older ones count as empty.</para>
/// <para>Rows are numbered from 0 in the order in which their keys came; going through them takes as long as there are rows,
/// not places. The number of a key stays the same until <see cref="Clear"/>, so that it can index arrays beside the table.</para>
/// <para>Memory: between two and four places a row, and four bytes; a place is the row and 16 bytes. Nothing is allocated once there is
/// room. The hash is a folded product with a factor and a seed that are random per table, because keys may be chosen by clients.</para>
/// <para>Not thread-safe. For rows that other threads read, and that are removed one by one, take <see cref="Slab{TRow}"/>.</para>
/// </remarks>
/// <typeparam name="TRow">The row; all zero when it is added.</typeparam>
public sealed class KeyedTable<TRow>
    where TRow : unmanaged
{
    private const int CacheLineBytes = 64;
    private const int FewestPlaces = 16;
    private const int MostRowsOfAll = 1 << 28;
    private const int ChunkKeys = 32;

    // Below this size the second-level cache of today's server cores holds the places, and asking for them early only costs.
    private const long PrefetchFromBytes = 1 << 20;

    // Blocks below this size are not worth a place on the pinned heap; their rows may straddle cache lines.
    private const long AlignFromBytes = 64 * 1024;

    private readonly ulong _factor;
    private byte[] _memory = [];
    private nint _firstPlace;
    private nuint _mask;
    private int _shift;
    private int[] _places = [];
    private uint _generation = 1;
    private int _count;
    private int _growAt;
    private TRow _overflow;

    /// <summary>Creates an empty table.</summary>
    /// <param name="maxRows">How many rows it may hold.</param>
    /// <param name="initialRows">For how many rows to take memory now.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public KeyedTable(int maxRows, int initialRows = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRows, MostRowsOfAll);
        ArgumentOutOfRangeException.ThrowIfNegative(initialRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialRows, maxRows);
        MaxRows = maxRows;
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(seed);
        _factor = BitConverter.ToUInt64(seed) | 1;
        TakeMemory(Math.Max(FewestPlaces, (int)BitOperations.RoundUpToPowerOf2((uint)initialRows * 2)));
    }

    /// <summary>How many rows the table may hold.</summary>
    public int MaxRows { get; }

    /// <summary>How many rows the table holds.</summary>
    public int Count => _count;

    /// <summary>How often a key beyond <see cref="MaxRows"/> was given <see cref="Overflow"/>.</summary>
    public long Overflowed { get; private set; }

    /// <summary>The row that all keys share that found no room.</summary>
    public ref TRow Overflow => ref _overflow;

    /// <summary>How much memory the table takes, in bytes.</summary>
    public long MemoryBytes => _memory.LongLength + ((long)_places.Length * sizeof(int));

    /// <summary>A row by its number.</summary>
    /// <param name="index">The number, from 0, below <see cref="Count"/>.</param>
    /// <returns>The row; valid until a key is added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ref TRow this[int index] => ref NumberedPlace(index).Row;

    /// <summary>The key of a row.</summary>
    /// <param name="index">The row's number, from 0, below <see cref="Count"/>.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ulong KeyOf(int index) => NumberedPlace(index).Key;

    /// <summary>Finds the row of a key, or adds one that is all zero, or gives <see cref="Overflow"/> and counts that.</summary>
    /// <param name="key">The key; any value.</param>
    /// <returns>The row; valid until a key is added.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TRow GetOrAdd(ulong key)
    {
        ref KeyedSlot<TRow> place = ref Place(HomeOf(key));
        if (place.Key == key && place.Generation == _generation)
        {
            return ref place.Row;
        }

        return ref FindFurther(key);
    }

    /// <summary>Finds the row of a key, or adds one that is all zero, or gives <see cref="Overflow"/> and counts that.</summary>
    /// <param name="key">The key; any value.</param>
    /// <param name="index">The row's number; -1 for <see cref="Overflow"/>.</param>
    /// <returns>The row; valid until a key is added.</returns>
    public ref TRow GetOrAdd(ulong key, out int index)
    {
        ref TRow row = ref GetOrAdd(key);
        index = Unsafe.AreSame(ref row, ref _overflow) ? -1 : Unsafe.Add(ref Unsafe.As<TRow, int>(ref row), -1);
        return ref row;
    }

    /// <summary>Finds the row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="index">The row's number; -1 if there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(ulong key, out int index)
    {
        nuint slot = HomeOf(key);
        while (true)
        {
            ref KeyedSlot<TRow> place = ref Place(slot);
            if (place.Generation != _generation)
            {
                index = -1;
                return false;
            }

            if (place.Key == key)
            {
                index = place.Index;
                return true;
            }

            slot = (slot + 1) & _mask;
        }
    }

    /// <summary>Does something to the row of each key, in the order of the keys; for many keys faster than one by one.</summary>
    /// <remarks>Where the table is greater than a core's own cache, the rows of 32 keys are asked for before the first is changed, so that
    /// the processor waits for memory once and not 32 times.</remarks>
    /// <typeparam name="TUpdate">What is done.</typeparam>
    /// <param name="keys">The keys; the same key may come repeatedly.</param>
    /// <param name="update">What is done.</param>
    public void Update<TUpdate>(ReadOnlySpan<ulong> keys, ref TUpdate update)
        where TUpdate : struct, IRowUpdate<TRow>, allows ref struct
    {
        int done = UpdateChunks(keys, ref update);
        for (; done < keys.Length; done++)
        {
            update.Apply(ref GetOrAdd(keys[done]), done);
        }
    }

    /// <summary>Asks for the memory of a key's row, so that it is there when <see cref="GetOrAdd(ulong)"/> comes a little later.</summary>
    /// <param name="key">The key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong key) => PrefetchPlace(HomeOf(key));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void PrefetchPlace(nuint slot)
    {
        if (Sse.IsSupported)
        {
            // A hint: an address that meanwhile belongs to something else does no harm.
            Sse.Prefetch0(Unsafe.AsPointer(ref Place(slot)));
        }
    }

    /// <summary>Forgets all rows, <see cref="Overflow"/> included, and keeps the room.</summary>
    public void Clear()
    {
        _count = 0;
        _overflow = default;
        Overflowed = 0;
        if (++_generation == 0)
        {
            Array.Clear(_memory);
            _generation = 1;
        }
    }

    /// <summary>Becomes a copy of another table; nothing is allocated if there is room.</summary>
    /// <param name="other">The other table; unchanged.</param>
    /// <exception cref="ArgumentException">The other table holds more rows than this one may.</exception>
    public void CopyFrom(KeyedTable<TRow> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._count > MaxRows)
        {
            throw new ArgumentException("The other table holds more rows than this one may.", nameof(other));
        }

        Clear();
        for (int i = 0; i < other._count; i++)
        {
            ref KeyedSlot<TRow> place = ref other.NumberedPlace(i);
            GetOrAdd(place.Key) = place.Row;
        }

        _overflow = other._overflow;
        Overflowed = other.Overflowed;
    }

    // Multiply-shift: the highest bits of the product, which every bit of the key below them reaches.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nuint HomeOf(ulong key) => (nuint)((key * _factor) >> _shift);

    // A reference into the array, not a pointer: it keeps the block alive while a row of it is in use.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref KeyedSlot<TRow> Place(nuint slot)
    {
        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), _firstPlace);
        return ref Unsafe.Add(ref Unsafe.As<byte, KeyedSlot<TRow>>(ref first), slot);
    }

    private ref KeyedSlot<TRow> NumberedPlace(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _count);
        return ref Place((nuint)_places[index]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref TRow FindFurther(ulong key)
    {
        nuint slot = HomeOf(key);
        while (true)
        {
            ref KeyedSlot<TRow> place = ref Place(slot);
            if (place.Generation != _generation)
            {
                return ref Add(key, slot);
            }

            if (place.Key == key)
            {
                return ref place.Row;
            }

            slot = (slot + 1) & _mask;
        }
    }

    private ref TRow Add(ulong key, nuint slot)
    {
        if (_count == _growAt)
        {
            if (_count == MaxRows)
            {
                Overflowed++;
                return ref _overflow;
            }

            Grow();
            slot = EmptySlot(key);
        }

        ref KeyedSlot<TRow> place = ref Place(slot);
        place.Key = key;
        place.Generation = _generation;
        place.Index = _count;
        place.Row = default;
        _places[_count] = (int)slot;
        _count++;
        return ref place.Row;
    }

    private nuint EmptySlot(ulong key)
    {
        nuint slot = HomeOf(key);
        while (Place(slot).Generation == _generation)
        {
            slot = (slot + 1) & _mask;
        }

        return slot;
    }

    private void Grow()
    {
        byte[] memory = _memory;
        int[] places = _places;
        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(memory), _firstPlace);
        ref KeyedSlot<TRow> old = ref Unsafe.As<byte, KeyedSlot<TRow>>(ref first);
        TakeMemory((int)(_mask + 1) * 2);
        for (int i = 0; i < _count; i++)
        {
            ref KeyedSlot<TRow> place = ref Unsafe.Add(ref old, places[i]);
            nuint slot = EmptySlot(place.Key);
            Place(slot) = place;
            _places[i] = (int)slot;
        }
    }

    private void TakeMemory(int places)
    {
        long bytes = (long)places * Unsafe.SizeOf<KeyedSlot<TRow>>();
        if (bytes + CacheLineBytes > Array.MaxLength)
        {
            throw new InvalidOperationException("The table's rows no longer fit into one block of memory.");
        }

        bool isAligned = bytes >= AlignFromBytes;
        _memory = isAligned ? GC.AllocateArray<byte>((int)bytes + CacheLineBytes, pinned: true) : new byte[bytes];
        _firstPlace = isAligned ? FirstLine(_memory) : 0;
        _mask = (nuint)places - 1;
        _shift = 64 - BitOperations.Log2((uint)places);
        _growAt = Math.Min(places / 2, MaxRows);
        _places = new int[_growAt];
    }

    private static unsafe nint FirstLine(byte[] pinned) =>
        (nint)(-(long)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned)) & (CacheLineBytes - 1));

    // Short loops instead of a long one: each keeps its values in registers, and the last waits for nothing but memory.
    private int UpdateChunks<TUpdate>(ReadOnlySpan<ulong> keys, ref TUpdate update)
        where TUpdate : struct, IRowUpdate<TRow>, allows ref struct
    {
        Span<ulong> homes = stackalloc ulong[ChunkKeys];
        bool isPrefetched = Sse.IsSupported && _memory.LongLength >= PrefetchFromBytes;
        int done = 0;
        byte[] memory = _memory;
        for (; done + ChunkKeys <= keys.Length; done += ChunkKeys)
        {
            ReadOnlySpan<ulong> chunk = keys.Slice(done, ChunkKeys);
            FindHomes(chunk, homes);
            if (isPrefetched)
            {
                for (int i = 0; i < ChunkKeys; i++)
                {
                    PrefetchPlace((nuint)homes[i]);
                }
            }

            uint generation = _generation;
            ref KeyedSlot<TRow> first = ref Place(0);
            for (int i = 0; i < ChunkKeys; i++)
            {
                ref KeyedSlot<TRow> place = ref Unsafe.Add(ref first, (nuint)homes[i]);
                if (place.Key == chunk[i] && place.Generation == generation)
                {
                    update.Apply(ref place.Row, done + i);
                }
                else
                {
                    update.Apply(ref FindFurther(chunk[i]), done + i);
                    if (_memory != memory) { FindHomes(chunk, homes); }
                    first = ref Place(0);
                }
            }
        }

        return done;
    }

    private void FindHomes(ReadOnlySpan<ulong> keys, Span<ulong> homes)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            for (int i = 0; i < ChunkKeys; i += 8)
            {
                ((Vector512.Create(keys.Slice(i, 8)) * _factor) >>> _shift).CopyTo(homes.Slice(i, 8));
            }
        }
        else
        {
            for (int i = 0; i < homes.Length; i++)
            {
                homes[i] = HomeOf(keys[i]);
            }
        }
    }
}
