namespace StreamSense.Ml.Training.Boosting;

/// <summary>The log loss: with p = 1 / (1 + e^-s), gradient p - y, second derivative p (1 - p).</summary>
/// <param name="data">The rows.</param>
/// <param name="sharing">Shares the rows among threads.</param>
internal sealed class LogisticLoss(BoostingData data, WorkSharing sharing) : BoostingLoss
{
    private const int Chunk = 4096;

    // Labels that are all the same would give a base score without an end.
    private const double Edge = 1e-6;

    /// <inheritdoc/>
    public override double BaseScore { get; } = LogOdds(Math.Clamp(LabelMean.Of(data), Edge, 1 - Edge));

    /// <inheritdoc/>
    public override void Derive(ReadOnlyMemory<float> scores, Memory<float> gradients, Memory<float> hessians) =>
        sharing.Run((data.Rows + Chunk - 1) / Chunk, 8L * data.Rows, chunk =>
        {
            ReadOnlySpan<float> labels = data.Labels.Span;
            ReadOnlySpan<float> weights = data.Weights.Span;
            ReadOnlySpan<float> from = scores.Span;
            Span<float> first = gradients.Span;
            Span<float> second = hessians.Span;
            int end = Math.Min(data.Rows, (chunk + 1) * Chunk);
            for (int row = chunk * Chunk; row < end; row++)
            {
                float weight = weights.IsEmpty ? 1 : weights[row];
                float share = 1 / (1 + MathF.Exp(-from[row]));
                first[row] = weight * (share - labels[row]);
                second[row] = weight * (share * (1 - share));
            }
        });

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
            sum += weight * Sigmoid.Loss(scores[row], labels[row]);
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
            sum += (weights.IsEmpty ? 1 : weights[row]) * Sigmoid.Loss(scores[row], labels[row]);
        }

        return sum;
    }

    private static double LogOdds(double share) => Math.Log(share / (1 - share));
}
