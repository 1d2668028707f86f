namespace StreamSense.Ml.Training.Joins;

/// <summary>How far two distributions lie apart.</summary>
internal static class DriftMeasures
{
    // A bin that is empty on one side would make the index infinite: it counts as half a value.
    private const double HalfAValue = 0.5;

    /// <summary>The population stability index: Σ (now − reference) · ln(now ÷ reference) over bins of equal share of the
    /// reference.</summary>
    /// <returns>Null if a side is empty.</returns>
    public static double? StabilityIndex(FeatureSummary reference, FeatureSummary current, int bins)
    {
        if (reference.Values == 0 || current.Values == 0)
        {
            return null;
        }

        List<int> bounds = Bounds(reference, bins);
        long[] before = Fill(reference, bounds);
        long[] now = Fill(current, bounds);
        double index = 0;
        for (int bin = 0; bin < before.Length; bin++)
        {
            if (before[bin] != 0 || now[bin] != 0)
            {
                double p = Math.Max(HalfAValue, before[bin]) / reference.Values;
                double q = Math.Max(HalfAValue, now[bin]) / current.Values;
                index += (q - p) * Math.Log(q / p);
            }
        }

        return index;
    }

    /// <summary>The greatest gap between the two distributions, missing values apart.</summary>
    /// <returns>Null if a side has no values.</returns>
    public static double? Distance(FeatureSummary reference, FeatureSummary current)
    {
        if (reference.Present == 0 || current.Present == 0)
        {
            return null;
        }

        (int Bucket, long Count)[] before = reference.Ascending();
        (int Bucket, long Count)[] now = current.Ascending();
        double greatest = 0;
        long beforeSum = 0;
        long nowSum = 0;
        int i = 0;
        int j = 0;
        while (i < before.Length || j < now.Length)
        {
            int bucket = Math.Min(i < before.Length ? before[i].Bucket : int.MaxValue, j < now.Length ? now[j].Bucket : int.MaxValue);
            beforeSum += i < before.Length && before[i].Bucket == bucket ? before[i++].Count : 0;
            nowSum += j < now.Length && now[j].Bucket == bucket ? now[j++].Count : 0;
            greatest = Math.Max(greatest, Math.Abs(((double)beforeSum / reference.Present) - ((double)nowSum / current.Present)));
        }

        return greatest;
    }

    // The last bucket of each bin but the last; a bucket that holds more than a bin's share makes bins fewer.
    private static List<int> Bounds(FeatureSummary reference, int bins)
    {
        var bounds = new List<int>();
        long seen = 0;
        int full = 0;
        (int Bucket, long Count)[] all = reference.Ascending();
        for (int i = 0; i < all.Length - 1; i++)
        {
            seen += all[i].Count;
            int reached = (int)((Int128)seen * bins / reference.Present);
            if (reached > full)
            {
                bounds.Add(all[i].Bucket);
                full = reached;
            }
        }

        return bounds;
    }

    // The first bin is that of missing values.
    private static long[] Fill(FeatureSummary summary, List<int> bounds)
    {
        long[] counts = new long[bounds.Count + 2];
        counts[0] = summary.Missing;
        foreach ((int bucket, long count) in summary.Ascending())
        {
            int at = bounds.BinarySearch(bucket);
            counts[(at < 0 ? ~at : at) + 1] += count;
        }

        return counts;
    }
}
