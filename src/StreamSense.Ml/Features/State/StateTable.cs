using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Core.Buffering;

namespace StreamSense.Ml.Features.State;

/// <summary>Keyed rows of words in pages that never move, without an object a row.</summary>
/// <remarks>
/// One writer at a time; <see cref="TryRead"/>, <see cref="Guess"/>, <see cref="TryBegin"/> and the counts from any thread. A reader never
/// holds up the writer: it retries while a row changes beneath it. When the table is full the row longest not written makes room and is
/// counted. A row begins at a cache line where it is one or more of them long: key, version, then the words; behind the last row of a page
/// there is a line that may be read for nothing. Pages lie on the pinned heap and live as long as the table, so that a reader overtaken by
/// <see cref="Dispose"/> reads old memory, never freed memory.
/// </remarks>
internal sealed class StateTable : IDisposable
{
    /// <summary>The words before those of the row: its key and its version.</summary>
    public const int HeaderWords = 2;

    /// <summary>The version of a row outside of the table, which nobody writes.</summary>
    public const long SettledVersion = LiveBit;

    private const int LineWords = 8;
    private const int PairBytes = 2 * LineWords * sizeof(long);
    private const int PageWords = 32 * 1024;
    private const int VersionWord = 1;
    private const long LiveBit = 1L << 62;
    private const int MostRetries = 1 << 20;

    private readonly RowIndex _index = new();
    private readonly RecencyList _order = new();
    private readonly long[]?[] _pages;
    private readonly nint[] _firstWords;
    private readonly int _pageShift;
    private readonly int _pageMask;
    private readonly int _stride;
    private readonly int _maxRows;
    private int _firstFree = -1;
    private int _rowsInUse;
    private int _count;
    private long _evicted;
    private bool _disposed;

    /// <summary>Creates an empty table.</summary>
    public StateTable(int words, int maxRows)
    {
        Words = words;
        _maxRows = maxRows;
        int least = words + HeaderWords;
        _stride = least >= LineWords ? (least + LineWords - 1) / LineWords * LineWords : least;
        int useful = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)maxRows);
        _pageShift = int.Log2(Math.Max(1, Math.Min(PageWords / _stride, useful)));
        _pageMask = (1 << _pageShift) - 1;
        _pages = new long[]?[((maxRows - 1) >> _pageShift) + 1];
        _firstWords = new nint[_pages.Length];
    }

    /// <summary>How many words a row has.</summary>
    public int Words { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many rows made room for others.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>What a row takes when the table is full: its words, its places in the index and in the order of writing.</summary>
    public int BytesPerRow => (_stride * sizeof(long)) + (2 * sizeof(long)) + (2 * sizeof(int));

    /// <summary>Finds a row (writer).</summary>
    public bool TryFind(ulong key, out int row)
    {
        RowIndex.Walk walk = _index.Start(_index.HashOf(key));
        do
        {
            row = walk.Next();
        }
        while (row >= 0 && (ulong)At(row) != key);
        return row >= 0;
    }

    /// <summary>The words of a row, for looking at them (writer).</summary>
    public Span<long> RowAt(int row) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref At(row), HeaderWords), Words);

    /// <summary>The key of a row (writer).</summary>
    public ulong KeyOf(int row) => (ulong)At(row);

    /// <summary>Opens the row of a key, all zero if it is new (writer).</summary>
    public Span<long> BeginWrite(ulong key, out int row) => BeginWrite(key, out row, out _);

    /// <summary>Opens the row of a key, all zero if it is new (writer).</summary>
    public Span<long> BeginWrite(ulong key, out int row, out bool added)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        added = !TryFind(key, out row);
        if (added)
        {
            row = Add(key);
        }
        else
        {
            _order.Touch(row);
        }

        BeginChange(ref At(row));
        return RowAt(row);
    }

    /// <summary>Shows readers what was written (writer).</summary>
    public void EndWrite(int row) => EndChange(ref At(row));

    /// <summary>Forgets a row (writer).</summary>
    public bool Remove(ulong key)
    {
        if (!TryFind(key, out int row))
        {
            return false;
        }

        Remove(row);
        return true;
    }

    /// <summary>Forgets all rows (writer).</summary>
    public void Clear()
    {
        while (_order.Oldest >= 0)
        {
            Remove(_order.Oldest);
        }
    }

    /// <summary>The row longest not written, or -1 (writer).</summary>
    public int Oldest => _order.Oldest;

    /// <summary>The row written next after another, or -1 (writer).</summary>
    public int NextWritten(int row) => _order.NewerThan(row);

    /// <summary>Copies the first words of the row of a key as they were at one moment (any thread).</summary>
    public bool TryRead(ulong key, Span<long> into)
    {
        uint hash = _index.HashOf(key);
        var spin = default(SpinWait);
        for (int i = 0; i < MostRetries; i++)
        {
            RowIndex.Walk walk = _index.Start(hash);
            for (int row = walk.Next(); row >= 0; row = walk.Next())
            {
                if (TryCopy(row, key, into))
                {
                    return true;
                }
            }

            if (_index.IsConclusive(in walk))
            {
                return false;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        throw LeftOpen();
    }

    /// <summary>Brings the places of keys in the index towards the cache (any thread).</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="hashes">Their hashes, for <see cref="Guess"/>.</param>
    public void PrefetchIndex(ReadOnlySpan<ulong> keys, Span<uint> hashes)
    {
        RowIndex.Lines lines = _index.Open();
        for (int i = 0; i < hashes.Length; i++)
        {
            uint hash = _index.HashOf(keys[i]);
            hashes[i] = hash;
            lines.Prefetch(hash);
        }
    }

    /// <summary>Where the rows lie that keys of some hashes most likely have, and their first lines brought towards the cache (any
    /// thread).</summary>
    /// <param name="hashes">The hashes.</param>
    /// <param name="rows">The rows; 0 for none.</param>
    /// <param name="words">How many words of a row are needed soon.</param>
    public unsafe void Guess(ReadOnlySpan<uint> hashes, Span<nint> rows, int words)
    {
        RowIndex.Lines lines = _index.Open();
        nint[] pages = _firstWords;
        int bytes = (words + HeaderWords) * sizeof(long);
        for (int i = 0; i < rows.Length; i++)
        {
            int row = lines.Guess(hashes[i]);
            if (row < 0)
            {
                rows[i] = 0;
                continue;
            }

            nint first = Volatile.Read(ref pages[row >> _pageShift]) + ((nint)(row & _pageMask) * _stride * sizeof(long));
            CacheLines.Prefetch(ref *(byte*)first, bytes);
            rows[i] = first;
        }
    }

    /// <summary>Begins looking at a row, if it is that of a key and is not being written (any thread).</summary>
    /// <param name="row">Where <see cref="Guess"/> said that it lies, while the table is held on to.</param>
    /// <param name="key">The key.</param>
    /// <param name="version">What <see cref="IsUnchanged"/> has to find, behind a barrier, if what was seen is to count.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe bool TryBegin(nint row, ulong key, out long version)
    {
        version = Volatile.Read(ref ((long*)row)[VersionWord]);
        return (version & (LiveBit | 1)) == LiveBit && *(ulong*)row == key;
    }

    /// <summary>Whether a row was as it is now ever since <see cref="TryBegin"/> (any thread).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe bool IsUnchanged(nint row, long version) => Volatile.Read(ref ((long*)row)[VersionWord]) == version;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _index.Clear();
        Volatile.Write(ref _count, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Wait(int turn)
    {
        var spin = default(SpinWait);
        for (int i = 0; i <= Math.Min(turn, 12); i++)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private static InvalidOperationException LeftOpen() => new("A row was opened for writing and never closed.");

    private static void BeginChange(ref long entry)
    {
        Volatile.Write(ref Unsafe.Add(ref entry, VersionWord), Unsafe.Add(ref entry, VersionWord) + 1);

        // No store into the row may be seen before the odd version.
        Volatile.WriteBarrier();
    }

    private static void EndChange(ref long entry) =>
        Volatile.Write(ref Unsafe.Add(ref entry, VersionWord), Unsafe.Add(ref entry, VersionWord) + 1);

    // Pinned arrays are aligned to a word only. The first row begins at a pair of lines, which processors fetch together; behind the last
    // one there is a line more.
    private unsafe void AddPage(int page)
    {
        long[] words = GC.AllocateArray<long>((_stride << _pageShift) + LineWords + (PairBytes / sizeof(long)), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref words[0]);
        _pages[page] = words;
        Volatile.Write(ref _firstWords[page], (address + PairBytes - 1) & -PairBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe ref long At(int row) =>
        ref Unsafe.AsRef<long>((long*)Volatile.Read(ref _firstWords[row >> _pageShift]) + ((row & _pageMask) * _stride));

    private int Add(ulong key)
    {
        if (_count == _maxRows)
        {
            Remove(_order.Oldest);
            Interlocked.Increment(ref _evicted);
        }

        int row = TakeFreeRow();
        ref long entry = ref At(row);
        BeginChange(ref entry);
        entry = (long)key;
        RowAt(row).Clear();
        Unsafe.Add(ref entry, VersionWord) |= LiveBit;
        EndChange(ref entry);
        _index.Add(_index.HashOf(key), row);
        _order.Add(row);
        Volatile.Write(ref _count, _count + 1);
        return row;
    }

    private void Remove(int row)
    {
        // Out of the index first, so that no reader starts towards a row that is already somebody else's.
        ref long entry = ref At(row);
        _index.Remove(_index.HashOf((ulong)entry), row);
        _order.Remove(row);
        BeginChange(ref entry);
        entry = _firstFree;
        Unsafe.Add(ref entry, VersionWord) &= ~LiveBit;
        RowAt(row).Clear();
        EndChange(ref entry);
        _firstFree = row;
        Volatile.Write(ref _count, _count - 1);
    }

    private int TakeFreeRow()
    {
        if (_firstFree >= 0)
        {
            int free = _firstFree;
            _firstFree = (int)At(free);
            return free;
        }

        int row = _rowsInUse;
        if (_pages[row >> _pageShift] is null)
        {
            AddPage(row >> _pageShift);
        }

        _rowsInUse = row + 1;
        return row;
    }

    private bool TryCopy(int row, ulong key, Span<long> into)
    {
        ref long entry = ref At(row);
        for (int i = 0; i < MostRetries; i++)
        {
            long version = Volatile.Read(ref Unsafe.Add(ref entry, VersionWord));
            if ((version & 1) == 0)
            {
                bool isIt = (version & LiveBit) != 0 && (ulong)entry == key;
                if (isIt)
                {
                    MemoryMarshal.CreateSpan(ref Unsafe.Add(ref entry, HeaderWords), into.Length).CopyTo(into);
                }

                Volatile.ReadBarrier();
                if (Volatile.Read(ref Unsafe.Add(ref entry, VersionWord)) == version)
                {
                    GC.KeepAlive(this);
                    return isIt;
                }
            }

            Wait(i);
        }

        throw LeftOpen();
    }
}
