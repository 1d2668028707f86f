using System.Collections.Concurrent;
using System.Text;

namespace StreamSense.Core.Events;

/// <summary>A bounded, reversible table from <see cref="TitleId"/> to the catalogue's own id.</summary>
/// <remarks>
/// Any thread may use it; noting a title that is known takes no lock and allocates nothing. When the table is full, noting a new title
/// pushes out the one noted first that is not pinned; titles of the catalogue are pinned and stay. A title pushed out is still
/// measured under its hash; only its name is lost.
/// </remarks>
public sealed class NameTable
{
    private static readonly SipHash TitleHash = new(0x73747265616d7365UL, 0x6e73652d7469746cUL);

    private readonly ConcurrentDictionary<TitleId, Entry> _entries = new();
    private readonly Queue<TitleId> _unpinned = new();
    private readonly Lock _writerLock = new();
    private long _evicted;
    private long _refused;
    private int _pinned;

    /// <summary>Creates a table.</summary>
    /// <param name="capacity">How many names it may hold.</param>
    public NameTable(int capacity = 131_072)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
    }

    /// <summary>How many names the table may hold.</summary>
    public int Capacity { get; }

    /// <summary>How many names the table holds.</summary>
    public int Count => _entries.Count;

    /// <summary>How many names were pushed out by newer ones.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>How often a name found the table full of pinned ones.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>The stable id of a title: the same in every process, whatever the host's key.</summary>
    /// <param name="utf8Name">The catalogue id as UTF-8; empty gives <see cref="TitleId.None"/>.</param>
    public static TitleId IdOf(ReadOnlySpan<byte> utf8Name) =>
        utf8Name.IsEmpty ? TitleId.None : new TitleId(Math.Max(1, TitleHash.Hash(utf8Name)));

    /// <summary>The stable id of a title: the same in every process, whatever the host's key.</summary>
    /// <param name="name">The catalogue id; null or empty gives <see cref="TitleId.None"/>.</param>
    public static TitleId IdOf(string? name) => string.IsNullOrEmpty(name) ? TitleId.None : IdOf(Encoding.UTF8.GetBytes(name));

    /// <summary>Notes a title's name and gives its id.</summary>
    /// <param name="utf8Name">The catalogue id as UTF-8; empty gives <see cref="TitleId.None"/>.</param>
    /// <param name="pin">Whether the title belongs to the catalogue and must not be pushed out.</param>
    public TitleId Note(ReadOnlySpan<byte> utf8Name, bool pin = false)
    {
        TitleId id = IdOf(utf8Name);
        if (!id.IsNone && !(_entries.TryGetValue(id, out Entry? entry) && (entry.Pinned || !pin)))
        {
            Add(id, utf8Name, pin);
        }

        return id;
    }

    /// <summary>The name of a title, or null if it was never noted or has been pushed out.</summary>
    /// <param name="id">The id.</param>
    public string? NameOf(TitleId id) => _entries.TryGetValue(id, out Entry? entry) ? entry.Name : null;

    /// <summary>The name of a title as UTF-8, or empty if it was never noted or has been pushed out.</summary>
    /// <param name="id">The id.</param>
    public ReadOnlySpan<byte> Utf8NameOf(TitleId id) => _entries.TryGetValue(id, out Entry? entry) ? entry.Utf8 : default;

    private void Add(TitleId id, ReadOnlySpan<byte> utf8Name, bool pin)
    {
        lock (_writerLock)
        {
            if (_entries.TryGetValue(id, out Entry? known))
            {
                if (pin && !known.Pinned)
                {
                    known.Pinned = true;
                    _pinned++;
                }

                return;
            }

            if (_entries.Count >= Capacity && !EvictOne())
            {
                Interlocked.Increment(ref _refused);
                return;
            }

            _entries[id] = new Entry(Encoding.UTF8.GetString(utf8Name), utf8Name.ToArray()) { Pinned = pin };
            if (pin)
            {
                _pinned++;
            }
            else
            {
                _unpinned.Enqueue(id);
            }
        }
    }

    private bool EvictOne()
    {
        while (_pinned < _entries.Count && _unpinned.TryDequeue(out TitleId oldest))
        {
            if (_entries.TryGetValue(oldest, out Entry? entry) && !entry.Pinned)
            {
                _entries.TryRemove(oldest, out _);
                Interlocked.Increment(ref _evicted);
                return true;
            }
        }

        return false;
    }

    private sealed class Entry(string name, byte[] utf8)
    {
        public string Name { get; } = name;

        public byte[] Utf8 { get; } = utf8;

        public bool Pinned { get; set; }
    }
}
