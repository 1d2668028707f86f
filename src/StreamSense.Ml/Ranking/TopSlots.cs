using StreamSense.Core.Events;

namespace StreamSense.Ml.Ranking;

/// <summary>Fills a slate with the best candidates.</summary>
/// <remarks>
/// The order is total: by score, then by title id, so that the same scores give the same slate whatever order the candidates came in.
/// Keeps the slate sorted and puts each candidate that beats the last slot in by bisection.
/// </remarks>
internal static class TopSlots
{
    /// <summary>Selects the best.</summary>
    /// <param name="titles">The candidates, each once.</param>
    /// <param name="scores">Their scores; one that is not a number counts as the lowest.</param>
    /// <param name="slate">Room for the best.</param>
    /// <returns>How many slots are filled.</returns>
    public static int Select(ReadOnlySpan<TitleId> titles, ReadOnlySpan<float> scores, Span<RankedTitle> slate)
    {
        int count = 0;
        for (int i = 0; i < titles.Length && !slate.IsEmpty; i++)
        {
            var candidate = new RankedTitle(titles[i], Finite(scores[i]));
            if (count == slate.Length)
            {
                if (!IsBefore(candidate, slate[^1]))
                {
                    continue;
                }

                count--;
            }

            int place = PlaceOf(candidate, slate[..count]);
            slate[place..count].CopyTo(slate[(place + 1)..]);
            slate[place] = candidate;
            count++;
        }

        return count;
    }

    private static float Finite(float score) =>
        float.IsNaN(score) ? float.MinValue : Math.Clamp(score, float.MinValue, float.MaxValue);

    private static int PlaceOf(in RankedTitle candidate, ReadOnlySpan<RankedTitle> sorted)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (IsBefore(candidate, sorted[middle]))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static bool IsBefore(in RankedTitle left, in RankedTitle right) =>
        left.Score != right.Score ? left.Score > right.Score : left.Title.Value < right.Title.Value;
}
