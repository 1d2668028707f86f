namespace StreamSense.Core.Sessions;

/// <summary>Room for the ranges of the views that jumped; a view that plays from one end to the other needs none.</summary>
/// <remarks>Bounded; in pages that never move, taken as they are needed and never given back. Chains are circular, named by their last
/// link; 0 is the empty chain.</remarks>
internal sealed class WatchedPool(int maxChunks)
{
    private const int PageShift = 8;
    private const int PageChunks = 1 << PageShift;

    private readonly WatchedChunk[]?[] _pages = new WatchedChunk[]?[((maxChunks + 1) >> PageShift) + 1];
    private int _firstFree;
    private int _made;

    /// <summary>How many links are in use.</summary>
    public int InUse { get; private set; }

    private ref WatchedChunk this[int chunk] => ref _pages[chunk >> PageShift]![chunk & (PageChunks - 1)];

    /// <summary>Puts a range at the end of a chain; one that goes on where the last one ended makes that one longer.</summary>
    /// <param name="chain">The chain; changed where it grows.</param>
    /// <param name="range">The range.</param>
    /// <param name="added">How many ranges the chain has more than before.</param>
    /// <returns>False if there is no room left.</returns>
    public bool TryAdd(ref int chain, WatchedRange range, out int added)
    {
        added = 0;
        if (chain != 0)
        {
            ref WatchedChunk last = ref this[chain];
            ref WatchedRange end = ref last.Items[last.Count - 1];
            if (end.ToMicroseconds == range.FromMicroseconds)
            {
                end = end with { ToMicroseconds = range.ToMicroseconds };
                return true;
            }

            if (last.Count < WatchedChunk.Capacity)
            {
                last.Items[last.Count++] = range;
                added = 1;
                return true;
            }
        }

        if (!TryRent(out int chunk))
        {
            return false;
        }

        ref WatchedChunk fresh = ref this[chunk];
        fresh.Count = 1;
        fresh.Items[0] = range;
        fresh.Next = chunk;
        if (chain != 0)
        {
            fresh.Next = this[chain].Next;
            this[chain].Next = chunk;
        }

        chain = chunk;
        added = 1;
        return true;
    }

    /// <summary>Copies the ranges of a chain, in order.</summary>
    /// <returns>How many there are.</returns>
    public int CopyTo(int chain, Span<WatchedRange> ranges)
    {
        int count = 0;
        if (chain != 0)
        {
            int chunk = chain;
            do
            {
                chunk = this[chunk].Next;
                ref WatchedChunk link = ref this[chunk];
                ((ReadOnlySpan<WatchedRange>)link.Items)[..link.Count].CopyTo(ranges[count..]);
                count += link.Count;
            }
            while (chunk != chain);
        }

        return count;
    }

    /// <summary>Gives a chain back.</summary>
    public void Return(ref int chain)
    {
        if (chain == 0)
        {
            return;
        }

        int chunk = this[chain].Next;
        while (true)
        {
            ref WatchedChunk link = ref this[chunk];
            int next = link.Next;
            link.Next = _firstFree;
            _firstFree = chunk;
            InUse--;
            if (chunk == chain)
            {
                break;
            }

            chunk = next;
        }

        chain = 0;
    }

    private bool TryRent(out int chunk)
    {
        chunk = _firstFree;
        if (chunk != 0)
        {
            _firstFree = this[chunk].Next;
        }
        else if (_made < maxChunks)
        {
            chunk = ++_made;
            _pages[chunk >> PageShift] ??= new WatchedChunk[PageChunks];
        }
        else
        {
            return false;
        }

        InUse++;
        return true;
    }
}
