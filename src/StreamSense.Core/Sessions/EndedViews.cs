using StreamSense.Core.Admission;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>The ids of ended views whose rows went to others: their later events must not look like new views.</summary>
/// <remarks>
/// The shard's thread only. Two generations of at most <paramref name="capacity"/> ÷ 2 ids; the older goes when the newer is full.
/// </remarks>
internal sealed class EndedViews(int capacity)
{
    // Spreads ids that are near one another, as those of simulations are, over the set. An odd factor gives each id a key of its own.
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private readonly int _generation = Math.Max(1, capacity / 2);
    private EventIdSet _newer = new(capacity: 16);
    private EventIdSet _older = new(capacity: 16);

    /// <summary>How many ids were given up.</summary>
    public long Forgotten { get; private set; }

    public void Add(ViewId view)
    {
        if (_newer.Count >= _generation)
        {
            (_newer, _older) = (_older, _newer);
            Forgotten += _newer.Count;
            _newer.Clear();
        }

        _newer.Add(KeyOf(view));
    }

    public bool Contains(ViewId view) =>
        (_newer.Count > 0 && _newer.Contains(KeyOf(view))) || (_older.Count > 0 && _older.Contains(KeyOf(view)));

    private static EventId KeyOf(ViewId view) => new(view.Value * Spread);
}
