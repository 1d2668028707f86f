using StreamSense.Ml.Candidates;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Keeps slots for the titles of one source, for example new titles that are to be tried.</summary>
/// <remarks>
/// If the slate holds fewer of the source than are reserved, the best of them that stand behind take the last places, in their order;
/// those pushed out come next. Where the source proposed fewer, the slots go to whatever is best.
/// </remarks>
public sealed class ReserveStage : IRankingStage
{
    private readonly ICandidateSource _source;
    private readonly int _reserved;

    /// <summary>Creates a stage.</summary>
    /// <param name="source">The source, as it was given to the surface.</param>
    /// <param name="reserved">How many slots are kept for it.</param>
    public ReserveStage(ICandidateSource source, int reserved)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(reserved, 1);
        _source = source;
        _reserved = reserved;
    }

    /// <inheritdoc/>
    public string Name => "reserve";

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates) => StageMemory.BytesOf<RankedCandidate>(maxCandidates);

    /// <inheritdoc/>
    public int Apply(in StageContext context, Span<RankedCandidate> order, Span<byte> scratch)
    {
        int slots = Math.Min(context.Slots, order.Length);
        int missing = Math.Min(_reserved, slots);
        for (int i = 0; i < slots; i++)
        {
            missing -= context.IsFrom(order[i].Candidate, _source) ? 1 : 0;
        }

        int behind = 0;
        for (int i = slots; i < order.Length; i++)
        {
            behind += context.IsFrom(order[i].Candidate, _source) ? 1 : 0;
        }

        int promoted = Math.Min(missing, behind);
        if (promoted > 0)
        {
            Promote(context, order, slots, promoted, StageMemory.Take<RankedCandidate>(ref scratch, order.Length));
        }

        return order.Length;
    }

    // The slate without its last few titles of others, the promoted ones, those few, and the rest.
    private void Promote(in StageContext context, Span<RankedCandidate> order, int slots, int promoted, Span<RankedCandidate> next)
    {
        int others = 0;
        for (int i = 0; i < slots; i++)
        {
            others += context.IsFrom(order[i].Candidate, _source) ? 0 : 1;
        }

        int stay = others - promoted;
        int front = 0;
        int pushed = slots;
        int rest = slots + promoted;
        int lifted = slots - promoted;
        for (int i = 0; i < order.Length; i++)
        {
            bool own = context.IsFrom(order[i].Candidate, _source);
            ref int place = ref rest;
            if (i < slots)
            {
                place = ref own || stay-- > 0 ? ref front : ref pushed;
            }
            else if (own && lifted < slots)
            {
                place = ref lifted;
            }

            next[place++] = order[i];
        }

        next.CopyTo(order);
    }
}
