namespace StreamSense.Ml.Evaluation.Metrics;

/// <summary>How good one ordered list is, given where in it the relevant items stand.</summary>
/// <remarks>
/// A rank counts from 0; ranks are given ascending, each once. <c>relevant</c> is how many items should have been found, those that the
/// list leaves out included. Every value lies between 0 and 1, and is 0 where nothing is relevant: leave such lists out of a mean. Sources:
/// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002) for NDCG; Manning, Raghavan and Schütze,
/// "Introduction to Information Retrieval" (2008), chapter 8, for the others. Thread-safe; allocates nothing.
/// </remarks>
public static class RankingMeasures
{
    /// <summary>Normalised discounted cumulative gain with binary gains: Σ 1/log2(rank + 2) over hits before k, divided by the same sum
    /// of a perfect list, which has min(k, relevant) hits at its top.</summary>
    /// <param name="ranks">The ranks of the relevant items that the list holds.</param>
    /// <param name="relevant">How many items are relevant.</param>
    /// <param name="k">How many places count.</param>
    public static double NdcgAt(ReadOnlySpan<int> ranks, int relevant, int k)
    {
        double ideal = 0;
        for (int rank = 0; rank < Math.Min(k, relevant); rank++)
        {
            ideal += Discount(rank);
        }

        double gained = 0;
        foreach (int rank in ranks)
        {
            if (rank >= k)
            {
                break;
            }

            gained += Discount(rank);
        }

        return ideal > 0 ? Math.Min(1, gained / ideal) : 0;
    }

    /// <summary>Normalised discounted cumulative gain with gains of any size.</summary>
    /// <param name="gains">The gains in the order of the list; none is negative. What is beyond k may be left out.</param>
    /// <param name="ideal">All gains there are, the largest first.</param>
    /// <param name="k">How many places count.</param>
    public static double NdcgAt(ReadOnlySpan<double> gains, ReadOnlySpan<double> ideal, int k)
    {
        double best = Discounted(ideal, k);
        return best > 0 ? Math.Min(1, Discounted(gains, k) / best) : 0;
    }

    /// <summary>The gain of an item.</summary>
    /// <param name="kind">What it is worth.</param>
    /// <param name="value">Its value: a label, a rating.</param>
    public static double GainOf(GainKind kind, double value) => kind switch
    {
        GainKind.Linear => Math.Max(0, value),
        GainKind.Exponential => Math.Max(0, Math.Pow(2, value) - 1),
        _ => 1,
    };

    /// <summary>Average precision: the mean of the precision at each hit before k, divided by min(k, relevant).</summary>
    /// <param name="ranks">The ranks of the relevant items that the list holds.</param>
    /// <param name="relevant">How many items are relevant.</param>
    /// <param name="k">How many places count.</param>
    public static double AveragePrecisionAt(ReadOnlySpan<int> ranks, int relevant, int k)
    {
        double sum = 0;
        for (int i = 0; i < ranks.Length && ranks[i] < k; i++)
        {
            sum += (i + 1.0) / (ranks[i] + 1.0);
        }

        return Ratio(sum, Math.Min(k, relevant));
    }

    /// <summary>One divided by the place of the first relevant item, counted from 1; 0 if the list holds none.</summary>
    /// <param name="ranks">The ranks of the relevant items that the list holds.</param>
    public static double ReciprocalRank(ReadOnlySpan<int> ranks) => ranks.IsEmpty ? 0 : 1.0 / (ranks[0] + 1.0);

    /// <summary>Hits before k, divided by the number of relevant items: at most k/relevant where there are more than k.</summary>
    /// <param name="ranks">The ranks of the relevant items that the list holds.</param>
    /// <param name="relevant">How many items are relevant.</param>
    /// <param name="k">How many places count.</param>
    public static double RecallAt(ReadOnlySpan<int> ranks, int relevant, int k) => Ratio(HitsAt(ranks, k), relevant);

    /// <summary>Hits before k, divided by min(k, relevant): 1 can be reached by everybody (Liang et al. 2018).</summary>
    /// <param name="ranks">The ranks of the relevant items that the list holds.</param>
    /// <param name="relevant">How many items are relevant.</param>
    /// <param name="k">How many places count.</param>
    public static double CappedRecallAt(ReadOnlySpan<int> ranks, int relevant, int k) =>
        Ratio(HitsAt(ranks, k), Math.Min(k, relevant));

    /// <summary>Hits before k, divided by k, also where the list is shorter.</summary>
    /// <param name="ranks">The ranks of the relevant items that the list holds.</param>
    /// <param name="k">How many places count.</param>
    public static double PrecisionAt(ReadOnlySpan<int> ranks, int k) => Ratio(HitsAt(ranks, k), k);

    /// <summary>1 if there is a hit before k, else 0.</summary>
    /// <param name="ranks">The ranks of the relevant items that the list holds.</param>
    /// <param name="k">How many places count.</param>
    public static double HitRateAt(ReadOnlySpan<int> ranks, int k) => !ranks.IsEmpty && ranks[0] < k ? 1 : 0;

    private static int HitsAt(ReadOnlySpan<int> ranks, int k)
    {
        int hits = 0;
        while (hits < ranks.Length && ranks[hits] < k)
        {
            hits++;
        }

        return hits;
    }

    private static double Ratio(double part, int whole) => whole > 0 ? part / whole : 0;

    private static double Discount(int rank) => 1 / Math.Log2(rank + 2.0);

    private static double Discounted(ReadOnlySpan<double> gains, int k)
    {
        double sum = 0;
        for (int rank = 0; rank < Math.Min(k, gains.Length); rank++)
        {
            sum += gains[rank] * Discount(rank);
        }

        return sum;
    }
}
