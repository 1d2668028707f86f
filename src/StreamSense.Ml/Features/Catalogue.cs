using System.Security.Cryptography;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>The titles that may be recommended, built from <c>title</c> events.</summary>
/// <remarks>
/// Bounded and append-only: any thread may read without a lock and without allocating, and finds each row as it was at one moment;
/// of the rows of a title the one with the latest event time holds. Titles are not removed; a row with a past
/// <see cref="CatalogueTitle.AvailableUntil"/> takes one out of the rankings. Writers take a lock.
/// </remarks>
public sealed class Catalogue : IEventConsumer
{
    private readonly Lock _writerLock = new();
    private readonly CatalogueTitle?[] _titles;
    private readonly int[] _slots;
    private readonly ulong _seed;
    private readonly CatalogueRowReader _rows;
    private long _malformed;
    private long _refused;
    private long _version;
    private int _count;

    /// <summary>Creates an empty catalogue.</summary>
    /// <param name="vocabulary">The vocabulary of the events.</param>
    /// <param name="capacity">How many titles it may hold.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not between 1 and 16,777,216.</exception>
    public Catalogue(Vocabulary vocabulary, int capacity = 65_536)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 24);
        Capacity = capacity;
        _rows = new CatalogueRowReader(vocabulary);
        _titles = new CatalogueTitle?[capacity];
        _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(seed);
        _seed = BitConverter.ToUInt64(seed);
    }

    /// <summary>How many titles the catalogue may hold.</summary>
    public int Capacity { get; }

    /// <summary>How many titles the catalogue holds.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Grows with every change, so that what is derived from the catalogue knows when it is old.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>How many rows of new titles found the catalogue full.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>How many rows had an annex that could not be read; what the event itself says of them holds.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>A title by its place, in the order in which titles first came.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public CatalogueTitle this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Volatile.Read(ref _titles[index])!;
        }
    }

    /// <summary>The row of a title, or null if the catalogue does not have it.</summary>
    /// <param name="id">The title.</param>
    public CatalogueTitle? Find(TitleId id)
    {
        int place = PlaceOf(id);
        return place < 0 ? null : Volatile.Read(ref _titles[place]);
    }

    /// <inheritdoc/>
    /// <remarks>Takes the <c>title</c> events of a run and leaves the others alone.</remarks>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            if (streamEvent.Kind == EventKind.Title)
            {
                Apply(streamEvent, batch.AnnexOf(streamEvent));
            }
        }
    }

    /// <summary>Takes one event.</summary>
    /// <param name="streamEvent">The event.</param>
    /// <param name="annex">Its annex.</param>
    /// <returns>Whether the catalogue changed: false for other kinds, for rows older than the one held, and when there is no
    /// room.</returns>
    public bool Apply(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        if (streamEvent.Kind != EventKind.Title || streamEvent.Title.IsNone)
        {
            return false;
        }

        lock (_writerLock)
        {
            int place = PlaceOf(streamEvent.Title);
            if (place >= 0 && _titles[place]!.Updated > streamEvent.Time)
            {
                return false;
            }

            if (place < 0 && _count == _titles.Length)
            {
                Interlocked.Increment(ref _refused);
                return false;
            }

            CatalogueTitle title = _rows.Read(streamEvent, annex, out bool wellFormed);
            if (!wellFormed)
            {
                Interlocked.Increment(ref _malformed);
            }

            if (place >= 0)
            {
                Volatile.Write(ref _titles[place], title);
            }
            else
            {
                Append(title);
            }

            Interlocked.Increment(ref _version);
            return true;
        }
    }

    private void Append(CatalogueTitle title)
    {
        _titles[_count] = title;
        int mask = _slots.Length - 1;
        int slot = SlotOf(title.Id);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        // The row is in place before its slot names it, and both before the count admits it.
        Volatile.Write(ref _slots[slot], _count + 1);
        Volatile.Write(ref _count, _count + 1);
    }

    private int PlaceOf(TitleId id)
    {
        int mask = _slots.Length - 1;
        for (int slot = SlotOf(id); ; slot = (slot + 1) & mask)
        {
            int place = Volatile.Read(ref _slots[slot]) - 1;
            if (place < 0 || Volatile.Read(ref _titles[place])!.Id == id)
            {
                return place;
            }
        }
    }

    // Seeded, because who writes a catalogue may choose ids; the high bits of the product depend on all bits.
    private int SlotOf(TitleId id)
    {
        ulong mixed = (id.Value ^ _seed) * 0x9e3779b97f4a7c15UL;
        return (int)((mixed ^ (mixed >> 32)) * 0xd6e8feb86659fd93UL >> 33) & (_slots.Length - 1);
    }
}
