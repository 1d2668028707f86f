using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Evaluating;

/// <summary>How good the order of the rows of each query is.</summary>
internal static class LtrFigures
{
    /// <summary>The mean NDCG of the queries.</summary>
    /// <remarks>
    /// Gain 2^grade - 1, discount 1 / log2(rank + 1), ideal over as many places as count; a query without a relevant row scores 1, and
    /// rows of equal scores keep the order of the file.
    /// </remarks>
    /// <param name="data">The rows and their grades.</param>
    /// <param name="scores">The scores of the rows.</param>
    /// <param name="places">How many places count.</param>
    public static double Ndcg(LtrData data, ReadOnlySpan<float> scores, int places)
    {
        double sum = 0;
        int start = 0;
        foreach (int size in data.GroupSizes)
        {
            sum += Ndcg(data.Rows.Labels.AsSpan(start, size), scores.Slice(start, size), places);
            start += size;
        }

        return data.GroupSizes.Length > 0
            ? sum / data.GroupSizes.Length
            : throw new InputException("there are no queries to evaluate");
    }

    private static double Ndcg(ReadOnlySpan<float> grades, ReadOnlySpan<float> scores, int places)
    {
        float[] ideal = grades.ToArray();
        Array.Sort(ideal);
        Array.Reverse(ideal);
        double best = Dcg(ideal, places);
        if (best == 0)
        {
            return 1;
        }

        var order = new (float Score, int Row)[scores.Length];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = (scores[row], row);
        }

        Array.Sort(order, (left, right) => left.Score != right.Score ? right.Score.CompareTo(left.Score) : left.Row.CompareTo(right.Row));
        var ranked = new float[order.Length];
        for (int place = 0; place < ranked.Length; place++)
        {
            ranked[place] = grades[order[place].Row];
        }

        return Dcg(ranked, places) / best;
    }

    private static double Dcg(ReadOnlySpan<float> ranked, int places)
    {
        double sum = 0;
        for (int place = 0; place < Math.Min(places, ranked.Length); place++)
        {
            sum += (Math.ScaleB(1, (int)ranked[place]) - 1) / Math.Log2(place + 2);
        }

        return sum;
    }
}
