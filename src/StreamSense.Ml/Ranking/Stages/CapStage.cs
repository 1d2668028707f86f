using System.Numerics;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Lets a slate hold only so many titles of a genre, a series or a kind.</summary>
/// <remarks>
/// Titles are taken in order; one that would be one too many of any of its values goes behind the slate, or out. Where too few others are
/// left, those moved back fill the slate again: an empty slot helps nobody. If they must not, they are to be left out.
/// </remarks>
public sealed class CapStage : IRankingStage
{
    private readonly TitleAttribute _attribute;
    private readonly int _atMost;
    private readonly bool _leaveOut;

    /// <summary>Creates a stage.</summary>
    /// <param name="attribute">What is counted.</param>
    /// <param name="atMost">How many titles of a value the slate may hold.</param>
    /// <param name="leaveOut">Whether the others are left out even if slots stay empty; otherwise they go behind.</param>
    public CapStage(TitleAttribute attribute, int atMost, bool leaveOut = false)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)attribute, (int)TitleAttribute.Type, nameof(attribute));
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        _attribute = attribute;
        _atMost = atMost;
        _leaveOut = leaveOut;
    }

    /// <inheritdoc/>
    public string Name => _attribute switch
    {
        TitleAttribute.Genre => "cap-genre",
        TitleAttribute.Series => "cap-series",
        _ => "cap-type",
    };

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates) => StageMemory.BytesOf<RankedCandidate>(maxCandidates);

    /// <inheritdoc/>
    public int Apply(in StageContext context, Span<RankedCandidate> order, Span<byte> scratch)
    {
        Span<RankedCandidate> back = StageMemory.Take<RankedCandidate>(ref scratch, order.Length);
        Span<int> counts = stackalloc int[64];
        counts.Clear();
        int kept = 0;
        int moved = 0;
        for (int i = 0; i < order.Length; i++)
        {
            RankedCandidate item = order[i];

            // Behind the slate there is nothing to keep apart.
            if (kept >= context.Slots || TryCount(context.Rows, item, order[..kept], counts))
            {
                order[kept++] = item;
            }
            else
            {
                back[moved++] = item;
            }
        }

        if (_leaveOut)
        {
            return kept;
        }

        MergeBack(order, kept, back[..moved], context.Slots);
        return order.Length;
    }

    // Those moved back come first behind the slate: they were better than what followed.
    private static void MergeBack(Span<RankedCandidate> order, int kept, ReadOnlySpan<RankedCandidate> back, int slots)
    {
        int slate = Math.Min(kept, slots);
        order[slate..kept].CopyTo(order[(slate + back.Length)..]);
        back.CopyTo(order[slate..]);
    }

    private bool TryCount(
        ReadOnlySpan<CatalogueTitle> rows, in RankedCandidate item, ReadOnlySpan<RankedCandidate> kept, Span<int> counts)
    {
        CatalogueTitle row = rows[item.Candidate];
        if (_attribute == TitleAttribute.Series)
        {
            return row.Series.IsNone || CountOf(rows, row.Series, kept) < _atMost;
        }

        ulong values = _attribute == TitleAttribute.Genre ? row.GenreBits : 1UL << (int)row.Type;
        for (ulong left = values; left != 0; left &= left - 1)
        {
            if (counts[BitOperations.TrailingZeroCount(left)] >= _atMost)
            {
                return false;
            }
        }

        for (ulong left = values; left != 0; left &= left - 1)
        {
            counts[BitOperations.TrailingZeroCount(left)]++;
        }

        return true;
    }

    private static int CountOf(ReadOnlySpan<CatalogueTitle> rows, TitleId series, ReadOnlySpan<RankedCandidate> kept)
    {
        int count = 0;
        foreach (ref readonly RankedCandidate item in kept)
        {
            count += rows[item.Candidate].Series == series ? 1 : 0;
        }

        return count;
    }
}
