namespace StreamSense.Ml.Training.Boosting;

/// <summary>Half of the squared error: gradient s - y, second derivative 1.</summary>
/// <param name="data">The rows.</param>
internal sealed class SquaredLoss(BoostingData data) : BoostingLoss
{
    /// <inheritdoc/>
    public override double BaseScore { get; } = LabelMean.Of(data);

    /// <inheritdoc/>
    public override void Derive(ReadOnlyMemory<float> scores, Memory<float> gradients, Memory<float> hessians)
    {
        ReadOnlySpan<float> labels = data.Labels.Span;
        ReadOnlySpan<float> weights = data.Weights.Span;
        ReadOnlySpan<float> from = scores.Span;
        Span<float> first = gradients.Span;
        Span<float> second = hessians.Span;
        for (int row = 0; row < labels.Length; row++)
        {
            float weight = weights.IsEmpty ? 1 : weights[row];
            first[row] = weight * (from[row] - labels[row]);
            second[row] = weight;
        }
    }

    /// <inheritdoc/>
    public override double Mean(ReadOnlySpan<float> scores)
    {
        ReadOnlySpan<float> labels = data.Labels.Span;
        ReadOnlySpan<float> weights = data.Weights.Span;
        double sum = 0;
        double weightSum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            double error = scores[row] - labels[row];
            sum += weight * error * error;
            weightSum += weight;
        }

        return weightSum > 0 ? sum / weightSum : 0;
    }

    /// <inheritdoc/>
    public override double? SumOf(ReadOnlySpan<float> scores, ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<float> labels = data.Labels.Span;
        ReadOnlySpan<float> weights = data.Weights.Span;
        double sum = 0;
        foreach (int row in rows)
        {
            double error = scores[row] - labels[row];
            sum += (weights.IsEmpty ? 1 : weights[row]) * error * error;
        }

        return sum;
    }
}
