using System.Numerics;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Training;

/// <summary>Orders items by score: the highest first, of equals the one with the lowest number.</summary>
/// <remarks>An item that must not be ranked has a score of negative infinity. Allocates nothing.</remarks>
internal static class ItemOrder
{
    /// <summary>Makes every score a finite number: NaN and negative infinity become the lowest there is.</summary>
    /// <param name="scores">The scores.</param>
    public static void MakeFinite(Span<float> scores)
    {
        var largest = new Vector<float>(float.MaxValue);
        int i = 0;
        while (i < scores.Length)
        {
            // Nearly always all are finite: a comparison with NaN is false, as is one of infinity with the largest number.
            int end = Math.Min(i + Vector<float>.Count, scores.Length);
            bool isWhole = end - i == Vector<float>.Count;
            if (!isWhole || !Vector.LessThanOrEqualAll(Vector.Abs(new Vector<float>(scores[i..])), largest))
            {
                MakeEachFinite(scores[i..end]);
            }

            i = end;
        }
    }

    /// <summary>Selects the best.</summary>
    /// <remarks>One sweep that passes over vectors of scores below the worst that is kept, and inserts the few others.</remarks>
    /// <param name="scores">The scores; not NaN.</param>
    /// <param name="best">Room for the best.</param>
    /// <returns>How many there are.</returns>
    public static int Select(ReadOnlySpan<float> scores, Span<int> best)
    {
        int count = 0;
        int i = 0;
        while (i < scores.Length && count < best.Length)
        {
            count = Insert(scores, best, count, i++);
        }

        if (best.IsEmpty)
        {
            return 0;
        }

        int width = Vector<float>.Count;
        while (i + width <= scores.Length)
        {
            if (Vector.GreaterThanAny(new Vector<float>(scores[i..]), new Vector<float>(scores[best[^1]])))
            {
                for (int lane = 0; lane < width; lane++)
                {
                    count = Insert(scores, best, count, i + lane);
                }
            }

            i += width;
        }

        while (i < scores.Length)
        {
            count = Insert(scores, best, count, i++);
        }

        return count;
    }

    /// <summary>The place of an item among all: how many stand before it.</summary>
    /// <param name="scores">The scores; not NaN.</param>
    /// <param name="item">The item.</param>
    public static int RankOf(ReadOnlySpan<float> scores, int item)
    {
        // Of equals only those with a lower number stand before it.
        float score = scores[item];
        return CountAbove(scores[..item], score, orEqual: true) + CountAbove(scores[(item + 1)..], score, orEqual: false);
    }

    private static void MakeEachFinite(Span<float> scores)
    {
        foreach (ref float score in scores)
        {
            if (!float.IsFinite(score))
            {
                score = score > 0 ? float.MaxValue : float.MinValue;
            }
        }
    }

    private static int Insert(ReadOnlySpan<float> scores, Span<int> best, int count, int item)
    {
        float score = scores[item];
        if (float.IsNegativeInfinity(score) || (count == best.Length && score <= scores[best[^1]]))
        {
            return count;
        }

        // Items come with ascending numbers: an equal score stays behind.
        int place = count == best.Length ? count - 1 : count;
        while (place > 0 && scores[best[place - 1]] < score)
        {
            best[place] = best[place - 1];
            place--;
        }

        best[place] = item;
        return Math.Min(count + 1, best.Length);
    }

    private static int CountAbove(ReadOnlySpan<float> scores, float bound, bool orEqual)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var bounds = new Vector<float>(bound);
        Vector<int> counts = Vector<int>.Zero;
        foreach (Vector<float> vector in vectors)
        {
            counts -= orEqual ? Vector.GreaterThanOrEqual(vector, bounds) : Vector.GreaterThan(vector, bounds);
        }

        int count = Vector.Sum(counts);
        foreach (float score in scores[(vectors.Length * Vector<float>.Count)..])
        {
            count += score > bound || (orEqual && score == bound) ? 1 : 0;
        }

        return count;
    }
}
