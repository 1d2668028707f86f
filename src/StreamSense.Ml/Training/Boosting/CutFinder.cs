namespace StreamSense.Ml.Training.Boosting;

/// <summary>Finds the bins of a feature.</summary>
/// <remarks>
/// Each value is a bin of its own while there are few; otherwise bins hold about the same number of rows, and a value that is as frequent
/// as that has its own. A feature of more than <see cref="Sample"/> rows is judged by rows at even distances.
/// </remarks>
internal static class CutFinder
{
    /// <summary>From how many rows bins are found at most.</summary>
    public const int Sample = 200_000;

    /// <summary>Finds the bins of a numerical feature.</summary>
    /// <param name="values">Its values; NaN where missing.</param>
    /// <param name="maxBins">How many bins there may be.</param>
    public static FeatureCuts OfNumbers(ReadOnlySpan<float> values, int maxBins)
    {
        bool hasMissing = false;
        foreach (float value in values)
        {
            hasMissing |= float.IsNaN(value);
        }

        int step = ((values.Length - 1) / Sample) + 1;
        var sorted = new float[((values.Length - 1) / step) + 1];
        int count = 0;
        for (int row = 0; row < values.Length; row += step)
        {
            if (!float.IsNaN(values[row]))
            {
                sorted[count++] = values[row];
            }
        }

        FloatOrder.Sort(sorted.AsSpan(0, count));
        return new FeatureCuts(Thresholds(sorted.AsSpan(0, count), maxBins), hasMissing);
    }

    /// <summary>Finds the bins of a categorical feature: the most frequent categories.</summary>
    /// <param name="values">Its values; NaN where missing.</param>
    /// <param name="maxBins">How many bins there may be.</param>
    /// <exception cref="ArgumentException">A category is too great.</exception>
    public static FeatureCuts OfCategories(ReadOnlySpan<float> values, int maxBins)
    {
        var counts = new Dictionary<int, int>();
        bool hasMissing = false;
        foreach (float value in values)
        {
            if (value > BoostingData.MaxCategory)
            {
                throw new ArgumentException($"The category {value} is above {BoostingData.MaxCategory}.");
            }

            if (value >= 0 && float.IsInteger(value))
            {
                counts[(int)value] = counts.GetValueOrDefault((int)value) + 1;
            }
            else
            {
                hasMissing = true;
            }
        }

        int[] categories = [.. counts.Keys];
        Array.Sort(categories, (left, right) =>
            counts[left] != counts[right] ? counts[right].CompareTo(counts[left]) : left.CompareTo(right));
        return new FeatureCuts(categories.Length < maxBins ? categories : categories[..(maxBins - 1)], hasMissing);
    }

    private static float[] Thresholds(ReadOnlySpan<float> sorted, int maxBins)
    {
        int distinct = sorted.Length > 0 ? 1 : 0;
        for (int i = 1; i < sorted.Length; i++)
        {
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        var values = new float[distinct];
        var counts = new int[distinct];
        int last = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            last += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
            values[last] = sorted[i];
            counts[last]++;
        }

        return distinct <= maxBins ? Between(values) : ByFrequency(values, counts, sorted.Length, maxBins);
    }

    private static float[] Between(ReadOnlySpan<float> values)
    {
        var thresholds = new float[Math.Max(0, values.Length - 1)];
        for (int i = 0; i < thresholds.Length; i++)
        {
            thresholds[i] = Between(values[i], values[i + 1]);
        }

        return thresholds;
    }

    private static float[] ByFrequency(ReadOnlySpan<float> values, ReadOnlySpan<int> counts, int rows, int maxBins)
    {
        // Frequent values get a bin each; what is left is shared evenly by the bins that are left.
        double share = (double)rows / maxBins;
        int frequent = 0;
        int others = rows;
        for (int i = 0; i < values.Length; i++)
        {
            if (counts[i] >= share)
            {
                frequent++;
                others -= counts[i];
            }
        }

        var thresholds = new List<float>(maxBins - 1);
        double target = others / (double)Math.Max(1, maxBins - frequent);
        int filled = 0;
        for (int i = 0; i < values.Length - 1 && thresholds.Count < maxBins - 1; i++)
        {
            bool isFrequent = counts[i] >= share;
            bool isNextFrequent = counts[i + 1] >= share;
            frequent -= isFrequent ? 1 : 0;
            filled += counts[i];
            if (isFrequent || isNextFrequent || filled + (counts[i + 1] / 2.0) >= target)
            {
                thresholds.Add(Between(values[i], values[i + 1]));
                others -= isFrequent ? 0 : filled;
                target = others / (double)Math.Max(1, maxBins - thresholds.Count - frequent);
                filled = 0;
            }
        }

        return [.. thresholds];
    }

    // Above the lower value and not above the upper: 'value < threshold' tells the two apart, also where there is no number between them.
    private static float Between(float lower, float upper)
    {
        float middle = (float)(lower + (((double)upper - lower) / 2));
        return middle > lower && middle <= upper ? middle : upper;
    }
}
