using System.Numerics;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Fills each slot with the title that is good and unlike those before it: maximal marginal relevance.</summary>
/// <remarks>
/// Carbonell and Goldstein, "The use of MMR, diversity-based reranking", 1998: the greatest <c>λ·relevance − (1 − λ)·the greatest
/// similarity to a title already placed</c>, where relevance is the score scaled to 0…1 between the lowest and the highest of those looked
/// at. Equal ones keep their order. Time slots × depth; what is behind the depth stays where it is.
/// </remarks>
public sealed class DiversityStage : IRankingStage
{
    private readonly ITitleSimilarity _similarity;
    private readonly float _lambda;
    private readonly int _depth;

    /// <summary>Creates a stage.</summary>
    /// <param name="similarity">What makes titles alike; <see cref="GenreSimilarity"/> if null.</param>
    /// <param name="lambda">How much relevance counts against variety, from 0 to 1: 0.7 unless given. 1 changes nothing.</param>
    /// <param name="depth">How many of the best titles are looked at: 100 unless given.</param>
    public DiversityStage(ITitleSimilarity? similarity = null, float lambda = 0.7f, int depth = 100)
    {
        if (!(lambda is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "Lambda is from 0 to 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        _similarity = similarity ?? new GenreSimilarity();
        _lambda = lambda;
        _depth = depth;
    }

    /// <inheritdoc/>
    public string Name => "diversity";

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates)
    {
        int depth = Math.Min(maxCandidates, _depth);
        return (3 * StageMemory.BytesOf<float>(depth)) + (2 * StageMemory.BytesOf<int>(depth))
            + StageMemory.BytesOf<RankedCandidate>(depth);
    }

    /// <inheritdoc/>
    public int Apply(in StageContext context, Span<RankedCandidate> order, Span<byte> scratch)
    {
        int depth = Math.Min(order.Length, _depth);
        int slots = Math.Min(context.Slots, depth);
        if (slots < 2)
        {
            return order.Length;
        }

        Span<RankedCandidate> former = StageMemory.Take<RankedCandidate>(ref scratch, depth);
        Span<float> relevance = StageMemory.Take<float>(ref scratch, depth);
        Span<float> likest = StageMemory.Take<float>(ref scratch, depth);
        Span<float> similarities = StageMemory.Take<float>(ref scratch, depth);
        Span<int> candidates = StageMemory.Take<int>(ref scratch, depth);
        Span<int> places = StageMemory.Take<int>(ref scratch, depth);
        order[..depth].CopyTo(former);
        likest.Clear();
        Prepare(former, relevance, candidates, places);
        int left = depth;
        for (int slot = 0; slot < slots; slot++)
        {
            int best = BestOf(relevance[..left], likest[..left]);
            order[slot] = former[places[best]];
            int chosen = candidates[best];

            // Those left keep their order, so that equal ones stay as they were.
            left--;
            Close(relevance, best, left);
            Close(likest, best, left);
            Close(candidates, best, left);
            Close(places, best, left);
            _similarity.Compare(context.Rows, chosen, candidates[..left], similarities);
            for (int i = 0; i < left; i++)
            {
                likest[i] = Math.Max(likest[i], similarities[i]);
            }
        }

        for (int i = 0; i < left; i++)
        {
            order[slots + i] = former[places[i]];
        }

        return order.Length;
    }

    private static void Close<T>(Span<T> list, int gap, int left) => list.Slice(gap + 1, left - gap).CopyTo(list[gap..]);

    private void Prepare(ReadOnlySpan<RankedCandidate> order, Span<float> relevance, Span<int> candidates, Span<int> places)
    {
        float lowest = float.MaxValue;
        float highest = float.MinValue;
        foreach (ref readonly RankedCandidate item in order)
        {
            lowest = Math.Min(lowest, item.Score);
            highest = Math.Max(highest, item.Score);
        }

        double range = (double)highest - lowest;
        for (int i = 0; i < order.Length; i++)
        {
            relevance[i] = range > 0 ? (float)(_lambda * ((order[i].Score - (double)lowest) / range)) : 0;
            candidates[i] = order[i].Candidate;
            places[i] = i;
        }
    }

    // The first of the greatest, in two passes of whole registers: which one it is decides no branch on the way.
    private int BestOf(ReadOnlySpan<float> relevance, ReadOnlySpan<float> likest)
    {
        ref float relevant = ref MemoryMarshal.GetReference(relevance);
        ref float like = ref MemoryMarshal.GetReference(likest[..relevance.Length]);
        float penalty = 1 - _lambda;
        var greatest = new Vector<float>(float.NegativeInfinity);
        int i = 0;
        for (; i <= relevance.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = Vector.LoadUnsafe(ref relevant, (nuint)i) - (Vector.LoadUnsafe(ref like, (nuint)i) * penalty);
            greatest = Vector.ConditionalSelect(Vector.GreaterThan(value, greatest), value, greatest);
        }

        float highest = float.NegativeInfinity;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            highest = greatest[lane] > highest ? greatest[lane] : highest;
        }

        for (; i < relevance.Length; i++)
        {
            float value = relevance[i] - (likest[i] * penalty);
            highest = value > highest ? value : highest;
        }

        for (i = 0; i <= relevance.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = Vector.LoadUnsafe(ref relevant, (nuint)i) - (Vector.LoadUnsafe(ref like, (nuint)i) * penalty);
            if (Vector.EqualsAny(value, new Vector<float>(highest)))
            {
                break;
            }
        }

        for (; i < relevance.Length; i++)
        {
            if (relevance[i] - (likest[i] * penalty) == highest)
            {
                return i;
            }
        }

        // None is a number: the order stays.
        return 0;
    }
}
