using System.Runtime.InteropServices;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>A bounded ring of byte records of any length between many writers and one reader.</summary>
/// <remarks>
/// A writer reserves room with one compare-and-swap, fills it and commits it; writers do not wait for each other or for the reader, and a
/// full ring refuses. The reader takes records in the order of their reservation; one that is reserved and not yet committed holds it
/// up for as long as its writer takes to copy. After the many-to-one ring buffer of Agrona: memory is cleared before it is given back, so
/// that a header says 0 until its record is committed.
/// </remarks>
internal sealed class RecordRing
{
    private const int HeaderBytes = sizeof(long);
    private const long Padding = -1;
    private const long ClosedBit = long.MinValue;

    private readonly long[] _words;
    private readonly int _mask;
    private Positions _positions;

    /// <summary>Creates an empty ring.</summary>
    /// <param name="capacityBytes">Its size: a power of two, at least 1024.</param>
    public RecordRing(int capacityBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBytes, 1024);
        ArgumentOutOfRangeException.ThrowIfNotEqual(int.PopCount(capacityBytes), 1, nameof(capacityBytes));
        _words = new long[capacityBytes / HeaderBytes];
        _mask = capacityBytes - 1;
        MaxRecordBytes = (capacityBytes / 4) - HeaderBytes;
    }

    /// <summary>The longest record that is taken: with it there is always room for three more.</summary>
    public int MaxRecordBytes { get; }

    /// <summary>How many bytes are reserved and not yet given back (any thread).</summary>
    public long PendingBytes => End - Volatile.Read(ref _positions.Head);

    /// <summary>Where the next record will be reserved (any thread).</summary>
    public long End => Volatile.Read(ref _positions.Tail) & ~ClosedBit;

    /// <summary>Where the reader is.</summary>
    public long Start => Volatile.Read(ref _positions.Head);

    private Span<byte> Bytes => MemoryMarshal.AsBytes(_words.AsSpan());

    /// <summary>Reserves room for a record; it must be committed without delay.</summary>
    /// <param name="length">The record's length in bytes, at least 1.</param>
    /// <param name="record">The room.</param>
    /// <param name="position">What <see cref="Commit"/> needs.</param>
    /// <returns>False if there is no room, the record is too long or the ring is closed.</returns>
    public bool TryReserve(int length, out Span<byte> record, out long position)
    {
        record = default;
        position = 0;
        if (length > MaxRecordBytes)
        {
            return false;
        }

        int total = Total(length);
        while (true)
        {
            long tail = Volatile.Read(ref _positions.Tail);
            if (tail < 0)
            {
                return false;
            }

            int offset = (int)tail & _mask;
            int toEnd = _mask + 1 - offset;
            int skipped = total <= toEnd ? 0 : toEnd;
            if (tail + skipped + total - Volatile.Read(ref _positions.Head) > _mask + 1)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _positions.Tail, tail + skipped + total, tail) != tail)
            {
                continue;
            }

            if (skipped > 0)
            {
                Volatile.Write(ref _words[offset / HeaderBytes], Padding);
            }

            position = tail + skipped;
            record = Bytes.Slice(((int)position & _mask) + HeaderBytes, length);
            return true;
        }
    }

    /// <summary>Shows a record to the reader.</summary>
    /// <param name="position">Where it was reserved.</param>
    /// <param name="length">Its length.</param>
    public void Commit(long position, int length) => Volatile.Write(ref _words[((int)position & _mask) / HeaderBytes], length);

    /// <summary>Looks at the record at a position (reader).</summary>
    /// <param name="position">The reader's position, moved over what was padded.</param>
    /// <param name="record">The record; valid until it is given back.</param>
    /// <returns>False if there is none, or it is not committed yet.</returns>
    public bool TryPeek(scoped ref long position, out ReadOnlySpan<byte> record)
    {
        record = default;
        while (position < End)
        {
            int offset = (int)position & _mask;
            long header = Volatile.Read(ref _words[offset / HeaderBytes]);
            if (header == Padding)
            {
                position += _mask + 1 - offset;
                continue;
            }

            if (header == 0)
            {
                return false;
            }

            record = Bytes.Slice(offset + HeaderBytes, (int)header);
            return true;
        }

        return false;
    }

    /// <summary>The position behind a record.</summary>
    public static long After(long position, ReadOnlySpan<byte> record) => position + Total(record.Length);

    /// <summary>Gives everything before a position back to the writers (reader).</summary>
    /// <param name="position">The position behind the last record that was taken.</param>
    public void Release(long position)
    {
        long head = _positions.Head;
        while (head < position)
        {
            int offset = (int)head & _mask;
            int length = (int)Math.Min(position - head, _mask + 1 - offset);
            Bytes.Slice(offset, length).Clear();
            head += length;
        }

        Volatile.Write(ref _positions.Head, position);
    }

    /// <summary>Takes no more records; those that are reserved may still be committed.</summary>
    public void Close() => Interlocked.Or(ref _positions.Tail, ClosedBit);

    private static int Total(int length) => HeaderBytes + ((length + HeaderBytes - 1) & ~(HeaderBytes - 1));

    // The tail is written by the writers, the head by the reader: two cache lines apart, since processors fetch lines in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Positions
    {
        [FieldOffset(128)]
        public long Tail;

        [FieldOffset(256)]
        public long Head;
    }
}
