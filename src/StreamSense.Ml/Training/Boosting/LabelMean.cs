namespace StreamSense.Ml.Training.Boosting;

/// <summary>The weighted mean of the labels.</summary>
internal static class LabelMean
{
    /// <summary>Works it out; 0 if no row counts.</summary>
    /// <param name="data">The rows.</param>
    public static double Of(BoostingData data)
    {
        ReadOnlySpan<float> labels = data.Labels.Span;
        ReadOnlySpan<float> weights = data.Weights.Span;
        double sum = 0;
        double weightSum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            sum += weight * labels[row];
            weightSum += weight;
        }

        return weightSum > 0 ? sum / weightSum : 0;
    }
}
