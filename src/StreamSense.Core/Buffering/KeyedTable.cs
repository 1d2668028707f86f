using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Core.Buffering;

/// <summary>Rows by 64-bit key for sums by group: rows are added and changed, and forgotten all together.</summary>
/// <remarks>
/// <para>Rows lie side by side in the order in which their keys came, and are numbered so from 0: the number of a key stays the same until
/// <see cref="Clear"/>, and can index arrays beside the table. Room doubles as rows come, up to <see cref="MaxRows"/>; keys beyond that
/// share <see cref="Overflow"/> and are counted, so that sums over all rows stay whole. <see cref="Clear"/> costs nothing, whatever
/// the table's size.</para>
/// <para>Memory: a row of <c>b</c> bytes takes <c>b</c> + 40 to twice that, depending on how full the room is. Nothing is allocated once
/// there is room. Keys are spread by a factor that is random per table, because clients may choose them; no order depends on it.</para>
/// <para>Not thread-safe. For rows that other threads read, and that are removed one by one, take <see cref="Slab{TRow}"/>.</para>
/// </remarks>
/// <typeparam name="TRow">The row; all zero when it is added.</typeparam>
public sealed class KeyedTable<TRow>
    where TRow : unmanaged
{
    private const int FewestRows = 8;
    private const int MostRowsOfAll = 1 << 28;
    private const int ChunkKeys = 32;

    // Below this size a core's second-level cache holds the table, and asking for rows early only costs.
    private const long PrefetchFromBytes = 1 << 20;

    private readonly KeyedIndex _index;
    private TRow[] _rows;
    private ulong[] _keys;
    private int _count;
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
        int rows = Math.Min(maxRows, Math.Max(FewestRows, initialRows));
        _index = new KeyedIndex(rows);
        _rows = new TRow[rows];
        _keys = new ulong[rows];
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
    public long MemoryBytes => _index.MemoryBytes + (_rows.LongLength * (Unsafe.SizeOf<TRow>() + sizeof(ulong)));

    /// <summary>The keys, by row.</summary>
    public ReadOnlySpan<ulong> Keys => _keys.AsSpan(0, _count);

    /// <summary>The rows, in the order in which their keys came; valid until a key is added.</summary>
    public Span<TRow> Rows => _rows.AsSpan(0, _count);

    private bool IsPrefetched => Sse.IsSupported && MemoryBytes >= PrefetchFromBytes;

    /// <summary>A row by its number.</summary>
    /// <param name="index">The number, from 0, below <see cref="Count"/>.</param>
    /// <returns>The row; valid until a key is added.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public ref TRow this[int index] => ref Rows[index];

    /// <summary>The key of a row.</summary>
    /// <param name="index">The row's number, from 0, below <see cref="Count"/>.</param>
    /// <returns>The key.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public ulong KeyOf(int index) => Keys[index];

    /// <summary>Finds the row of a key, or adds one that is all zero, or gives <see cref="Overflow"/> and counts that.</summary>
    /// <param name="key">The key; any value.</param>
    /// <returns>The row; valid until a key is added.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TRow GetOrAdd(ulong key) => ref GetOrAdd(key, out _);

    /// <summary>Finds the row of a key, or adds one that is all zero, or gives <see cref="Overflow"/> and counts that.</summary>
    /// <param name="key">The key; any value.</param>
    /// <param name="index">The row's number; -1 for <see cref="Overflow"/>.</param>
    /// <returns>The row; valid until a key is added.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TRow GetOrAdd(ulong key, out int index)
    {
        int row = _index.FindAtHome(key, _index.HomeOf(key));
        if (row < 0)
        {
            row = FindOrAdd(key);
        }

        index = row;
        return ref RowOrOverflow(row);
    }

    /// <summary>Finds the row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="index">The row's number; -1 if there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(ulong key, out int index)
    {
        index = _index.Find(key);
        return index >= 0;
    }

    /// <summary>Does something to the row of each key, in the order of the keys; faster than one by one.</summary>
    /// <remarks>Rows are found for 32 keys at a time before the first of them is changed. Where the table is greater than a core's own
    /// cache, they and the buckets of the next 32 keys are asked for beforehand, so that the processor waits for memory once and not 32
    /// times. Such a call is long and seldom;
    /// the code is compiled at full optimisation at once.</remarks>
    /// <typeparam name="TUpdate">What is done; it must not use the table.</typeparam>
    /// <param name="keys">The keys; the same key may come repeatedly.</param>
    /// <param name="update">What is done.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update<TUpdate>(ReadOnlySpan<ulong> keys, ref TUpdate update)
        where TUpdate : struct, IRowUpdate<TRow>, allows ref struct
    {
        Span<ulong> homes = stackalloc ulong[ChunkKeys];
        Span<int> rows = stackalloc int[ChunkKeys];
        ReadOnlySpan<ulong> chunk = keys[..Math.Min(ChunkKeys, keys.Length)];
        FindHomes(chunk, homes);
        int done = 0;
        while (chunk.Length > 0)
        {
            FindRows(chunk, homes, rows);
            ReadOnlySpan<int> found = rows[..chunk.Length];

            // Asked for now, the buckets of the next keys come while the rows of these do.
            chunk = keys.Slice(done + found.Length, Math.Min(ChunkKeys, keys.Length - done - found.Length));
            FindHomes(chunk, homes);
            ref TRow first = ref MemoryMarshal.GetArrayDataReference(_rows);
            for (int i = 0; i < found.Length; i++)
            {
                int row = found[i];
                if (row >= 0)
                {
                    update.Apply(ref Unsafe.Add(ref first, (nuint)(uint)row), done + i);
                }
                else
                {
                    update.Apply(ref _overflow, done + i);
                }
            }

            done += found.Length;
        }
    }

    /// <summary>Asks for what <see cref="GetOrAdd(ulong)"/> reads first, so that it is there when that comes a little later.</summary>
    /// <param name="key">The key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong key) => _index.Prefetch(_index.HomeOf(key));

    /// <summary>Forgets all rows, <see cref="Overflow"/> included, and keeps the room.</summary>
    public void Clear()
    {
        _index.Clear();
        _count = 0;
        _overflow = default;
        Overflowed = 0;
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
            GetOrAdd(other._keys[i]) = other._rows[i];
        }

        _overflow = other._overflow;
        Overflowed = other.Overflowed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref TRow RowOrOverflow(int row)
    {
        if (row < 0)
        {
            return ref _overflow;
        }

        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rows), (nuint)(uint)row);
    }

    // Short loops instead of a long one: each keeps its values in registers, and none waits for what the one before it could ask for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindHomes(ReadOnlySpan<ulong> keys, Span<ulong> homes)
    {
        _index.FindHomes(keys, homes);
        if (IsPrefetched)
        {
            for (int i = 0; i < keys.Length; i++)
            {
                _index.Prefetch((nuint)homes[i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void FindRows(ReadOnlySpan<ulong> keys, Span<ulong> homes, Span<int> rows)
    {
        int found = 0;
        while ((found = _index.FindAtHomes(keys, homes, rows, found)) < keys.Length)
        {
            int room = _index.Room;
            rows[found] = FindOrAdd(keys[found]);
            found++;
            if (_index.Room != room)
            {
                _index.FindHomes(keys, homes);
            }
        }

        if (IsPrefetched)
        {
            ref TRow first = ref MemoryMarshal.GetArrayDataReference(_rows);
            for (int i = 0; i < keys.Length; i++)
            {
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, rows[i])));
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindOrAdd(ulong key)
    {
        int row = _index.Find(key);
        if (row >= 0)
        {
            return row;
        }

        if (_count == MaxRows)
        {
            Overflowed++;
            return -1;
        }

        if (_count == _rows.Length)
        {
            int rows = (int)Math.Min(MaxRows, _count * 2L);
            Array.Resize(ref _rows, rows);
            Array.Resize(ref _keys, rows);
        }

        if (_count == _index.Room)
        {
            _index.Grow(Keys);
        }

        _index.Add(key, _count);
        _keys[_count] = key;
        _rows[_count] = default;
        return _count++;
    }
}
