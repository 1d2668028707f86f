using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Core.Buffering;

/// <summary>Keyed rows of fixed size, in pages that never move: one thread writes, any thread reads copies.</summary>
/// <remarks>
/// <para>Writer side (one thread at a time): everything except <see cref="TryRead"/>, <see cref="TryReadAt"/>, <see cref="Count"/>
/// and <see cref="RowsInUse"/>, which any thread may use. Readers never block the writer: they retry when a row changes under them.</para>
/// <para>A row that other threads read is changed between <see cref="BeginWrite"/> and <see cref="EndWrite"/>. Nothing is allocated
/// while pages and index suffice; removed rows are used again. Pages lie on the pinned heap, so that a reader that is overtaken by
/// <see cref="Dispose"/> reads old memory, never freed memory.</para>
/// </remarks>
/// <typeparam name="TRow">The row; cleared when it is added.</typeparam>
public sealed class Slab<TRow> : IDisposable
    where TRow : unmanaged
{
    private const int PageBytes = 64 * 1024;
    private const int NoRow = -1;

    // How often a reader retries, yielding, before it takes a row for one that its writer left open by mistake.
    private const int MostRetries = 1 << 20;

    private static readonly int PageShift = int.Log2(Math.Max(1, PageBytes / Unsafe.SizeOf<SlabRow<TRow>>()));
    private static readonly int PageMask = (1 << PageShift) - 1;

    private readonly SlabRow<TRow>[]?[] _pages;
    private readonly SlabIndex _index;
    private int _firstFree = NoRow;
    private int _rowsInUse;
    private int _count;
    private bool _disposed;

    /// <summary>Creates an empty slab.</summary>
    /// <param name="maxRows">How many rows it may hold.</param>
    /// <param name="initialRows">For how many rows to take memory now.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Slab(int maxRows, int initialRows = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRows, SlabIndex.MostRows);
        ArgumentOutOfRangeException.ThrowIfNegative(initialRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialRows, maxRows);
        MaxRows = maxRows;
        _pages = new SlabRow<TRow>[]?[((maxRows - 1) >> PageShift) + 1];
        _index = new SlabIndex(initialRows);
        for (int page = 0; (long)page << PageShift < initialRows; page++)
        {
            _pages[page] = NewPage();
        }
    }

    /// <summary>How many rows the slab may hold.</summary>
    public int MaxRows { get; }

    /// <summary>How many rows the slab holds (any thread).</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Row numbers from this one on were never in use (any thread): the end of a scan with <see cref="TryReadAt"/>.</summary>
    public int RowsInUse => Volatile.Read(ref _rowsInUse);

    /// <summary>A row, unversioned: for looking at it, or for changing what no other thread reads.</summary>
    /// <param name="row">The number of a live row.</param>
    public ref TRow this[int row] => ref At(row).Value;

    /// <summary>The key of a row.</summary>
    /// <param name="row">The number of a live row.</param>
    public ulong KeyOf(int row) => At(row).Key;

    /// <summary>Finds the row of a key.</summary>
    /// <param name="key">The key; any value.</param>
    /// <param name="row">The row's number, the same until the row is removed; -1 if there is none.</param>
    public bool TryFind(ulong key, out int row)
    {
        SlabIndex.Probe probe = _index.Start(_index.HashOf(key));
        do
        {
            row = probe.Next();
        }
        while (row >= 0 && At(row).Key != key);
        return row >= 0;
    }

    /// <summary>Brings the place of a key in the index towards the cache: the first half of fetching a row that is needed soon.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The key's hash.</returns>
    internal uint PrefetchIndex(ulong key)
    {
        uint hash = _index.HashOf(key);
        _index.Prefetch(hash);
        return hash;
    }

    /// <summary>Brings the first lines of a key's row towards the cache; worth it once its place in the index is there.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="bytes">How much of the row.</param>
    /// <returns>The row that the key most likely has, or -1; see <see cref="IsRowOf"/>.</returns>
    internal int PrefetchRow(uint hash, int bytes)
    {
        int row = _index.FirstGuess(hash);
        if (row >= 0)
        {
            CacheLines.Prefetch(ref At(row), bytes);
        }

        return row;
    }

    /// <summary>Brings the first lines of a row towards the cache, if there is such a row.</summary>
    /// <param name="row">The row's number.</param>
    /// <param name="bytes">How much of the row.</param>
    internal void PrefetchAt(int row, int bytes)
    {
        if (row < _rowsInUse)
        {
            CacheLines.Prefetch(ref At(row), bytes);
        }
    }

    /// <summary>Whether a row that was in use before is in use for a key now.</summary>
    /// <param name="row">The row's number.</param>
    /// <param name="key">The key.</param>
    internal bool IsRowOf(int row, ulong key)
    {
        ref SlabRow<TRow> entry = ref At(row);
        return entry.Key == key && entry.Next == SlabRow<TRow>.Live;
    }

    /// <summary>Finds the row of a key, or adds one that is cleared.</summary>
    /// <param name="key">The key; any value.</param>
    /// <param name="row">The row's number, the same until the row is removed; -1 if the slab is full.</param>
    /// <param name="added">Whether the row is new.</param>
    /// <returns>False if the key has no row and the slab is full.</returns>
    /// <exception cref="ObjectDisposedException">The slab was disposed of.</exception>
    public bool TryGetOrAdd(ulong key, out int row, out bool added)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        added = false;
        if (TryFind(key, out row))
        {
            return true;
        }

        if (_count == MaxRows)
        {
            return false;
        }

        row = TakeFreeRow();
        ref SlabRow<TRow> entry = ref At(row);
        BeginChange(ref entry);
        entry.Key = key;
        entry.Next = SlabRow<TRow>.Live;
        entry.Value = default;
        EndChange(ref entry);
        _index.Add(_index.HashOf(key), row);
        Volatile.Write(ref _count, _count + 1);
        added = true;
        return true;
    }

    /// <summary>Removes the row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ulong key)
    {
        if (!TryFind(key, out int row))
        {
            return false;
        }

        // Out of the index first, so that no reader starts towards a row that is already somebody else's.
        _index.Remove(_index.HashOf(key), row);
        ref SlabRow<TRow> entry = ref At(row);
        BeginChange(ref entry);
        entry.Key = 0;
        entry.Next = _firstFree;
        EndChange(ref entry);
        _firstFree = row;
        Volatile.Write(ref _count, _count - 1);
        return true;
    }

    /// <summary>Opens a row for a change that readers see either whole or not at all.</summary>
    /// <param name="row">The number of a live row.</param>
    /// <returns>The row; valid for writing until <see cref="EndWrite"/>, which must follow.</returns>
    /// <exception cref="InvalidOperationException">The row is open already.</exception>
    public ref TRow BeginWrite(int row)
    {
        ref SlabRow<TRow> entry = ref At(row);
        if ((entry.Version & 1) != 0)
        {
            throw new InvalidOperationException("The row is being written already.");
        }

        BeginChange(ref entry);
        return ref entry.Value;
    }

    /// <summary>Closes a row that <see cref="BeginWrite"/> opened.</summary>
    /// <param name="row">Its number.</param>
    public void EndWrite(int row) => EndChange(ref At(row));

    /// <summary>The first live row after another, in the order of row numbers; rows may be removed on the way.</summary>
    /// <param name="row">The row to start behind; -1 for the first.</param>
    /// <returns>The row's number; -1 behind the last.</returns>
    public int NextRow(int row)
    {
        for (int next = row + 1; next < _rowsInUse; next++)
        {
            if (At(next).Next == SlabRow<TRow>.Live)
            {
                return next;
            }
        }

        return NoRow;
    }

    /// <summary>Copies the row of a key (any thread).</summary>
    /// <remarks>Never blocks the writer; finds every row that is there for the whole call.</remarks>
    /// <param name="key">The key.</param>
    /// <param name="copy">The row as it was at one instant between two writes.</param>
    /// <returns>Whether the key has a row.</returns>
    /// <exception cref="InvalidOperationException">The writer opened the row and never closed it.</exception>
    public bool TryRead(ulong key, out TRow copy)
    {
        uint hash = _index.HashOf(key);
        var spin = default(SpinWait);
        for (int i = 0; i < MostRetries; i++)
        {
            SlabIndex.Probe probe = _index.Start(hash);
            for (int row = probe.Next(); row >= 0; row = probe.Next())
            {
                if (TryReadAt(row, out ulong found, out copy) && found == key)
                {
                    return true;
                }
            }

            if (_index.IsConclusive(in probe))
            {
                copy = default;
                return false;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        throw LeftOpen();
    }

    /// <summary>Copies a row by its number (any thread), for scanning them all.</summary>
    /// <param name="row">A number below <see cref="RowsInUse"/>.</param>
    /// <param name="key">The row's key.</param>
    /// <param name="copy">The row as it was at one instant between two writes.</param>
    /// <returns>False if the row is not in use.</returns>
    /// <exception cref="InvalidOperationException">The writer opened the row and never closed it.</exception>
    public bool TryReadAt(int row, out ulong key, out TRow copy)
    {
        SlabRow<TRow>[]? page = Volatile.Read(ref _pages[row >> PageShift]);
        if (page is not null)
        {
            ref SlabRow<TRow> entry = ref page[row & PageMask];
            var spin = default(SpinWait);
            for (int i = 0; i < MostRetries; i++)
            {
                uint version = Volatile.Read(ref entry.Version);
                if ((version & 1) == 0)
                {
                    key = entry.Key;
                    bool live = entry.Next == SlabRow<TRow>.Live;
                    copy = entry.Value;
                    Volatile.ReadBarrier();
                    if (Volatile.Read(ref entry.Version) == version)
                    {
                        return live;
                    }
                }

                spin.SpinOnce(sleep1Threshold: -1);
            }

            throw LeftOpen();
        }

        key = 0;
        copy = default;
        return false;
    }

    /// <summary>Gives up all rows: readers find nothing from now on, and the memory goes with the last of them.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _index.Clear();
        Volatile.Write(ref _count, 0);
        Volatile.Write(ref _rowsInUse, 0);
        for (int i = 0; i < _pages.Length; i++)
        {
            Volatile.Write(ref _pages[i], null);
        }
    }

    private static SlabRow<TRow>[] NewPage() => GC.AllocateArray<SlabRow<TRow>>(1 << PageShift, pinned: true);

    private static InvalidOperationException LeftOpen() => new("A row was opened for writing and never closed.");

    private static void BeginChange(ref SlabRow<TRow> entry)
    {
        Volatile.Write(ref entry.Version, entry.Version + 1);

        // No store into the row may be seen before the odd version.
        Volatile.WriteBarrier();
    }

    private static void EndChange(ref SlabRow<TRow> entry) => Volatile.Write(ref entry.Version, entry.Version + 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref SlabRow<TRow> At(int row)
    {
        SlabRow<TRow>[]? page = _pages[row >> PageShift];
        ObjectDisposedException.ThrowIf(page is null, this);

        // Every page has a place for each masked number; to ask how long it is would touch one more line of memory than the row's.
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(page), row & PageMask);
    }

    private int TakeFreeRow()
    {
        if (_firstFree != NoRow)
        {
            int free = _firstFree;
            _firstFree = At(free).Next;
            return free;
        }

        int row = _rowsInUse;
        if (_pages[row >> PageShift] is null)
        {
            Volatile.Write(ref _pages[row >> PageShift], NewPage());
        }

        Volatile.Write(ref _rowsInUse, row + 1);
        return row;
    }
}
