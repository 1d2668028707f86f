using System.Runtime.CompilerServices;

namespace StreamSense.Core.Sessions;

/// <summary>Room for lists of the few views that need one: chains of small chunks, in pages that never move.</summary>
/// <remarks>
/// The shard's thread only. Bounded; memory is taken as it is needed and kept. A chain is circular and named by its last chunk; 0 is
/// the empty chain.
/// </remarks>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class ChainPool<T>
    where T : unmanaged
{
    private const int PageShift = 8;
    private const int PageChunks = 1 << PageShift;

    private readonly int _capacity;
    private readonly int _maxChunks;
    private readonly T[]?[] _items;
    private readonly Link[]?[] _links;
    private int _firstFree;
    private int _made;

    /// <summary>Creates an empty pool.</summary>
    /// <param name="maxChunks">How many chunks it may hold.</param>
    /// <param name="capacity">How many items a chunk holds.</param>
    public ChainPool(int maxChunks, int capacity)
    {
        _maxChunks = maxChunks;
        _capacity = capacity;
        int pages = (maxChunks >> PageShift) + 1;
        _items = new T[]?[pages];
        _links = new Link[]?[pages];
    }

    /// <summary>How many chunks are in use.</summary>
    public int InUse { get; private set; }

    /// <summary>Whether no further chunk can be had.</summary>
    public bool IsFull => _firstFree == 0 && _made == _maxChunks;

    /// <summary>The memory taken so far.</summary>
    public long Bytes =>
        (((long)_made >> PageShift) + (_made == 0 ? 0 : 1)) * PageChunks * ((Unsafe.SizeOf<T>() * (long)_capacity) + Unsafe.SizeOf<Link>());

    /// <summary>The last item of a chain that is not empty.</summary>
    public ref T Last(int chain) => ref ItemsOf(chain)[LinkOf(chain).Count - 1];

    /// <summary>Puts an item at the end of a chain.</summary>
    /// <param name="chain">The chain; changed where it grows by a chunk.</param>
    /// <param name="item">The item.</param>
    /// <returns>False if there is no room left: nothing has changed.</returns>
    public bool TryAdd(ref int chain, in T item)
    {
        if (chain != 0)
        {
            ref Link last = ref LinkOf(chain);
            if (last.Count < _capacity)
            {
                ItemsOf(chain)[last.Count++] = item;
                return true;
            }
        }

        if (!TryRent(out int chunk))
        {
            return false;
        }

        ref Link fresh = ref LinkOf(chunk);
        fresh.Count = 1;
        fresh.Next = chunk;
        ItemsOf(chunk)[0] = item;
        if (chain != 0)
        {
            fresh.Next = LinkOf(chain).Next;
            LinkOf(chain).Next = chunk;
        }

        chain = chunk;
        return true;
    }

    /// <summary>Copies the items of a chain, in order.</summary>
    /// <returns>How many there are.</returns>
    public int CopyTo(int chain, Span<T> items)
    {
        int count = 0;
        int chunk = chain;
        while (chunk != 0)
        {
            chunk = LinkOf(chunk).Next;
            int used = LinkOf(chunk).Count;
            ItemsOf(chunk)[..used].CopyTo(items[count..]);
            count += used;
            chunk = chunk == chain ? 0 : chunk;
        }

        return count;
    }

    /// <summary>A second chain of the same items.</summary>
    /// <returns>False if there is no room for it: it is empty then.</returns>
    public bool TryClone(int chain, out int clone)
    {
        clone = 0;
        int chunk = chain;
        while (chunk != 0)
        {
            chunk = LinkOf(chunk).Next;
            foreach (ref readonly T item in ItemsOf(chunk)[..LinkOf(chunk).Count])
            {
                if (!TryAdd(ref clone, item))
                {
                    Return(ref clone);
                    return false;
                }
            }

            chunk = chunk == chain ? 0 : chunk;
        }

        return true;
    }

    /// <summary>Gives a chain back; it is the empty one then.</summary>
    public void Return(ref int chain)
    {
        if (chain == 0)
        {
            return;
        }

        int chunk = LinkOf(chain).Next;
        bool more = true;
        while (more)
        {
            more = chunk != chain;
            ref Link link = ref LinkOf(chunk);
            int next = link.Next;
            link.Next = _firstFree;
            _firstFree = chunk;
            InUse--;
            chunk = next;
        }

        chain = 0;
    }

    private Span<T> ItemsOf(int chunk) =>
        _items[chunk >> PageShift].AsSpan((chunk & (PageChunks - 1)) * _capacity, _capacity);

    private ref Link LinkOf(int chunk) => ref _links[chunk >> PageShift]![chunk & (PageChunks - 1)];

    private bool TryRent(out int chunk)
    {
        chunk = _firstFree;
        if (chunk != 0)
        {
            _firstFree = LinkOf(chunk).Next;
        }
        else if (_made < _maxChunks)
        {
            chunk = ++_made;
            _links[chunk >> PageShift] ??= new Link[PageChunks];
            _items[chunk >> PageShift] ??= new T[PageChunks * _capacity];
        }
        else
        {
            return false;
        }

        InUse++;
        return true;
    }

    private struct Link
    {
        public int Next;
        public int Count;
    }
}
