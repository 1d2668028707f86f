namespace StreamSense.Ml.Training.Interactions;

/// <summary>Brings ratings to a mean of 0 and a deviation of 1, so that rates and regularisation mean the same on any scale.</summary>
/// <param name="Range">The mean of the ratings and their range.</param>
/// <param name="Deviation">Their standard deviation; 1 where all are equal.</param>
internal readonly record struct RatingScale(RatingRange Range, float Deviation)
{
    /// <summary>Measures ratings.</summary>
    /// <param name="data">The ratings.</param>
    public static RatingScale Of(InteractionMatrix data)
    {
        double sum = 0;
        double squares = 0;
        float lowest = float.PositiveInfinity;
        float highest = float.NegativeInfinity;
        for (int user = 0; user < data.Users; user++)
        {
            foreach (float value in data.ValuesOf(user))
            {
                sum += value;
                squares += (double)value * value;
                lowest = Math.Min(lowest, value);
                highest = Math.Max(highest, value);
            }
        }

        if (data.Count == 0)
        {
            return new RatingScale(default, 1);
        }

        double mean = sum / data.Count;
        double variance = Math.Max(0, (squares / data.Count) - (mean * mean));
        return new RatingScale(new RatingRange((float)mean, lowest, highest), variance > 1e-12 ? (float)Math.Sqrt(variance) : 1);
    }

    /// <summary>A rating on the scale.</summary>
    /// <param name="rating">The rating.</param>
    public float Scaled(float rating) => (rating - Range.Mean) / Deviation;
}
