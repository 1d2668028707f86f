namespace StreamSense.Ml.Training.Boosting;

/// <summary>The gain of a grade and the discount of a rank, of which DCG is made.</summary>
/// <remarks>Gain 2^grade - 1, discount 1 / log2(rank + 1) from rank 1 (Järvelin and Kekäläinen, TOIS 2002; Burges et al. 2005).</remarks>
internal static class GroupGain
{
    /// <summary>The gain of a grade.</summary>
    /// <param name="grade">The grade.</param>
    public static double OfGrade(float grade) => Math.ScaleB(1, (int)grade) - 1;

    /// <summary>The discount of a place, counted from 0.</summary>
    /// <param name="place">The place.</param>
    public static double OfPlace(int place) => 1 / Math.Log2(place + 2);

    /// <summary>The DCG of the best order of a group.</summary>
    /// <param name="grades">The grades of its rows.</param>
    /// <param name="truncation">How many places count.</param>
    public static double Ideal(ReadOnlySpan<float> grades, int truncation)
    {
        float[] sorted = grades.ToArray();
        Array.Sort(sorted);
        double sum = 0;
        for (int place = 0; place < Math.Min(truncation, sorted.Length); place++)
        {
            sum += OfGrade(sorted[sorted.Length - 1 - place]) * OfPlace(place);
        }

        return sum;
    }

    /// <summary>The mean NDCG of groups; a group without a gain counts as 1.</summary>
    /// <param name="scores">The scores of the rows.</param>
    /// <param name="grades">The grades of the rows.</param>
    /// <param name="groupSizes">How many rows each group has.</param>
    /// <param name="truncation">How many places count.</param>
    public static double MeanNdcg(ReadOnlySpan<float> scores, ReadOnlySpan<float> grades, ReadOnlySpan<int> groupSizes, int truncation)
    {
        double total = 0;
        int start = 0;
        foreach (int size in groupSizes)
        {
            ReadOnlySpan<float> groupGrades = grades.Slice(start, size);
            double ideal = Ideal(groupGrades, truncation);
            total += ideal > 0 ? Dcg(scores.Slice(start, size), groupGrades, truncation) / ideal : 1;
            start += size;
        }

        return groupSizes.Length > 0 ? total / groupSizes.Length : 1;
    }

    private static double Dcg(ReadOnlySpan<float> scores, ReadOnlySpan<float> grades, int truncation)
    {
        var order = new int[scores.Length];
        GroupOrder.Of(scores, order);
        double sum = 0;
        for (int place = 0; place < Math.Min(truncation, order.Length); place++)
        {
            sum += OfGrade(grades[order[place]]) * OfPlace(place);
        }

        return sum;
    }
}
