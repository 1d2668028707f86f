namespace StreamSense.Ml.Evaluation.Metrics;

/// <summary>How good predictions of yes and no are.</summary>
/// <remarks>Labels above 0.5 mean yes. Null where a measure has no value. Thread-safe.</remarks>
public static class BinaryMeasures
{
    private const double SmallestProbability = 1e-15;

    /// <summary>The area under the ROC curve: how often a yes scores above a no, a tie counting half.</summary>
    /// <remarks>By the rank sum of Mann and Whitney (1947) with mean ranks for ties; O(n log n).</remarks>
    /// <param name="scores">The scores; their scale does not matter. NaN stands below everything.</param>
    /// <param name="labels">The labels.</param>
    /// <returns>0 to 1; null unless there are both kinds.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double? AreaUnderCurve(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels)
    {
        Check(scores, labels);
        var keys = scores.ToArray();
        var isYes = new bool[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            isYes[i] = labels[i] > 0.5f;
        }

        Array.Sort(keys, isYes);
        double ranks = 0;
        long yes = 0;
        for (int start = 0, end; start < keys.Length; start = end)
        {
            int tied = 0;
            for (end = start; end < keys.Length && keys[end].CompareTo(keys[start]) == 0; end++)
            {
                tied += isYes[end] ? 1 : 0;
            }

            ranks += tied * ((start + 1.0 + end) / 2);
            yes += tied;
        }

        long no = keys.Length - yes;
        return yes == 0 || no == 0 ? null : (ranks - (yes * (yes + 1.0) / 2)) / ((double)yes * no);
    }

    /// <summary>The mean of -ln of the probability that was given to what happened.</summary>
    /// <param name="probabilities">The probabilities of yes; kept 1e-15 away from 0 and 1, so that the result is finite.</param>
    /// <param name="labels">The labels.</param>
    /// <returns>0 or more; null of nothing.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double? LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels)
    {
        Check(probabilities, labels);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double given = labels[i] > 0.5f ? probabilities[i] : 1 - probabilities[i];
            sum -= Math.Log(Math.Clamp(given, SmallestProbability, 1 - SmallestProbability));
        }

        return labels.IsEmpty ? null : sum / labels.Length;
    }

    /// <summary>The mean squared difference of probability and outcome (Brier 1950).</summary>
    /// <param name="probabilities">The probabilities of yes.</param>
    /// <param name="labels">The labels.</param>
    /// <returns>0 to 1; null of nothing.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double? BrierScore(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels)
    {
        Check(probabilities, labels);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double miss = probabilities[i] - (labels[i] > 0.5f ? 1 : 0);
            sum += miss * miss;
        }

        return labels.IsEmpty ? null : sum / labels.Length;
    }

    private static void Check(ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels)
    {
        if (predictions.Length != labels.Length)
        {
            throw new ArgumentException($"{predictions.Length} predictions have {labels.Length} labels.", nameof(labels));
        }
    }
}
