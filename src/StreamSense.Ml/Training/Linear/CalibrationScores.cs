namespace StreamSense.Ml.Training.Linear;

/// <summary>What both calibrators ask of scores and labels.</summary>
internal static class CalibrationScores
{
    /// <summary>Checks them.</summary>
    /// <returns>Mean and deviation of the scores.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are none, or a score is not finite.</exception>
    public static (double Mean, double Deviation) Check(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels)
    {
        if (scores.IsEmpty || scores.Length != labels.Length)
        {
            throw new ArgumentException($"{scores.Length} scores have {labels.Length} labels; there must be one each.", nameof(labels));
        }

        double mean = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]))
            {
                throw new ArgumentException($"Score {i} is not finite.", nameof(scores));
            }

            mean += (scores[i] - mean) / (i + 1);
        }

        double squares = 0;
        foreach (double score in scores)
        {
            squares += (score - mean) * (score - mean);
        }

        return (mean, Math.Sqrt(squares / scores.Length));
    }

    /// <summary>How many came true.</summary>
    public static int CountYes(ReadOnlySpan<float> labels)
    {
        int yes = 0;
        foreach (float label in labels)
        {
            yes += label > 0.5f ? 1 : 0;
        }

        return yes;
    }
}
