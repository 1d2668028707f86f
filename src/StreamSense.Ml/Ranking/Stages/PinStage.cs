namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Puts pinned titles at their places.</summary>
/// <remarks>
/// Only a candidate can be pinned: a title that a filter kept back stays away. Give the surface a source that proposes the pinned titles,
/// for example the editor's picks. At most 64 pins hold at once. The others
/// keep their order around them. The list is replaced as a whole while requests go on.
/// </remarks>
public sealed class PinStage : IRankingStage
{
    private const int MaxPins = 64;

    private PinnedTitle[] _pins = [];

    /// <summary>Creates a stage.</summary>
    /// <param name="pins">The pinned titles; of two at one place the later one stands behind.</param>
    public PinStage(params ReadOnlySpan<PinnedTitle> pins) => Publish(pins);

    /// <inheritdoc/>
    public string Name => "pins";

    /// <summary>Replaces the list.</summary>
    /// <param name="pins">The pinned titles.</param>
    /// <exception cref="ArgumentOutOfRangeException">A place is negative.</exception>
    public void Publish(params ReadOnlySpan<PinnedTitle> pins)
    {
        foreach (PinnedTitle pin in pins)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(pin.Position, nameof(pins));
        }

        Volatile.Write(ref _pins, [.. pins.ToArray().OrderBy(pin => pin.Position)]);
    }

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates) => 2 * StageMemory.BytesOf<RankedCandidate>(maxCandidates);

    /// <inheritdoc/>
    public int Apply(in StageContext context, Span<RankedCandidate> order, Span<byte> scratch)
    {
        PinnedTitle[] pins = Volatile.Read(ref _pins);
        if (pins.Length == 0)
        {
            return order.Length;
        }

        Span<RankedCandidate> others = StageMemory.Take<RankedCandidate>(ref scratch, order.Length);
        Span<RankedCandidate> pinned = StageMemory.Take<RankedCandidate>(ref scratch, order.Length);
        order.CopyTo(others);
        int left = order.Length;
        int taken = 0;
        Span<int> targets = stackalloc int[Math.Min(pins.Length, MaxPins)];
        foreach (PinnedTitle pin in pins)
        {
            int place = taken < targets.Length && Holds(pin, context) ? PlaceOf(pin, others[..left]) : -1;
            if (place >= 0)
            {
                pinned[taken] = others[place];
                targets[taken++] = pin.Position;
                others[(place + 1)..left].CopyTo(others[place..]);
                left--;
            }
        }

        for (int i = 0, next = 0, other = 0; i < order.Length; i++)
        {
            bool isPinned = next < taken && (targets[next] <= i || other == left);
            order[i] = isPinned ? pinned[next++] : others[other++];
        }

        return order.Length;
    }

    private static bool Holds(PinnedTitle pin, in StageContext context) =>
        pin.Position < context.Slots
        && (pin.From is not { } from || from <= context.Request.Time)
        && (pin.Until is not { } until || context.Request.Time < until);

    private static int PlaceOf(PinnedTitle pin, ReadOnlySpan<RankedCandidate> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            if (order[i].Title == pin.Title)
            {
                return i;
            }
        }

        return -1;
    }
}
