namespace StreamSense.Ml.Training.Linear;

/// <summary>Makes probabilities by a logistic curve: two numbers, so that few scores are enough to fit it.</summary>
/// <remarks>
/// Platt, "Probabilistic outputs for support vector machines" (1999), with his smoothed targets, fitted by Newton's method as Lin, Lin and
/// Weng, "A note on Platt's probabilistic outputs" (2007), say. Fit it to scores of rows that the model was not trained on.
/// </remarks>
public sealed class PlattCalibrator : ICalibrator
{
    private const int MostIterations = 100;
    private const double SmallestStep = 1e-10;
    private const double Ridge = 1e-12;

    /// <summary>Creates one of known numbers.</summary>
    /// <param name="slope">How fast log-odds rise with the score; 0 or more.</param>
    /// <param name="intercept">The log-odds of a score of 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the slope negative.</exception>
    public PlattCalibrator(double slope, double intercept)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slope);
        if (!double.IsFinite(slope) || !double.IsFinite(intercept))
        {
            throw new ArgumentOutOfRangeException(nameof(slope), "Slope and intercept are finite.");
        }

        Slope = slope;
        Intercept = intercept;
    }

    /// <summary>How fast log-odds rise with the score.</summary>
    public double Slope { get; }

    /// <summary>The log-odds of a score of 0.</summary>
    public double Intercept { get; }

    /// <summary>Fits one.</summary>
    /// <param name="scores">The scores; finite.</param>
    /// <param name="labels">What became of each; above 0.5 means yes.</param>
    /// <returns>The calibrator; where higher scores do not come true more often, one with a slope of 0.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are none, or a score is not finite.</exception>
    public static PlattCalibrator Fit(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels)
    {
        (double mean, double deviation) = CalibrationScores.Check(scores, labels);
        int yes = CalibrationScores.CountYes(labels);
        double target = (yes + 1.0) / (yes + 2.0);
        double other = 1.0 / (labels.Length - yes + 2.0);
        double intercept = Math.Log((yes + 1.0) / (labels.Length - yes + 1.0));
        double slope = 0;
        double loss = LossOf(scores, labels, mean, deviation, slope, intercept, target, other);
        for (int iteration = 0; deviation > 0 && iteration < MostIterations; iteration++)
        {
            (double slopeStep, double interceptStep) = Step(scores, labels, mean, deviation, slope, intercept, target, other);
            double scale = 1;
            double reached = double.PositiveInfinity;
            while (scale > SmallestStep)
            {
                reached = LossOf(
                    scores, labels, mean, deviation, slope + (scale * slopeStep), intercept + (scale * interceptStep), target, other);
                if (reached <= loss)
                {
                    break;
                }

                scale /= 2;
            }

            if (!(reached <= loss))
            {
                break;
            }

            slope += scale * slopeStep;
            intercept += scale * interceptStep;
            loss = reached;
            if (scale * Math.Max(Math.Abs(slopeStep), Math.Abs(interceptStep)) < SmallestStep)
            {
                break;
            }
        }

        return slope > 0
            ? new PlattCalibrator(slope / deviation, intercept - (slope * mean / deviation))
            : new PlattCalibrator(0, Math.Log((yes + 1.0) / (labels.Length - yes + 1.0)));
    }

    /// <inheritdoc/>
    public double Calibrate(double score)
    {
        double finite = double.IsNaN(score) ? double.MinValue : Math.Clamp(score, double.MinValue, double.MaxValue);
        return Sigmoid.Of((Slope * finite) + Intercept);
    }

    private static double LossOf(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<float> labels,
        double mean,
        double deviation,
        double slope,
        double intercept,
        double yes,
        double no)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double logOdds = (slope * (scores[i] - mean) / deviation) + intercept;
            sum += Sigmoid.Loss(logOdds, labels[i] > 0.5f ? yes : no);
        }

        return sum;
    }

    private static (double Slope, double Intercept) Step(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<float> labels,
        double mean,
        double deviation,
        double slope,
        double intercept,
        double yes,
        double no)
    {
        double slopeGradient = 0;
        double interceptGradient = 0;
        Span<double> curvature = [Ridge, 0, 0, Ridge];
        for (int i = 0; i < scores.Length; i++)
        {
            double score = (scores[i] - mean) / deviation;
            double probability = Sigmoid.Of((slope * score) + intercept);
            double miss = (labels[i] > 0.5f ? yes : no) - probability;
            double bend = probability * (1 - probability);
            slopeGradient += miss * score;
            interceptGradient += miss;
            curvature[0] += bend * score * score;
            curvature[2] += bend * score;
            curvature[3] += bend;
        }

        Span<double> step = [slopeGradient, interceptGradient];
        SymmetricSystem.Solve(curvature, step);
        return (step[0], step[1]);
    }
}
