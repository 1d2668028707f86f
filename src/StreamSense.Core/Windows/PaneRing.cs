namespace StreamSense.Core.Windows;

/// <summary>The panes that some window may still need, in a ring; a slot keeps its pane until another takes its place.</summary>
/// <typeparam name="TState">The state of the aggregate.</typeparam>
internal sealed class PaneRing<TState>
{
    private readonly Pane<TState>[] _slots;

    public PaneRing(long capacity)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1_000_000);
        _slots = new Pane<TState>[capacity];
        Array.Fill(_slots, new Pane<TState> { Index = long.MinValue });
    }

    /// <summary>The slot in which a pane is, or would be.</summary>
    public ref Pane<TState> SlotOf(long pane)
    {
        long slot = pane % _slots.Length;
        return ref _slots[slot < 0 ? slot + _slots.Length : slot];
    }
}
