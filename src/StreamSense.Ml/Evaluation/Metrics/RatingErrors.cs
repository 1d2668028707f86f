namespace StreamSense.Ml.Evaluation.Metrics;

/// <summary>How far predicted ratings lie from given ones, in the unit of the ratings.</summary>
/// <param name="Count">How many pairs were compared.</param>
/// <param name="RootMeanSquare">The root of the mean squared difference: RMSE.</param>
/// <param name="MeanAbsolute">The mean absolute difference: MAE.</param>
/// <param name="Bias">The mean of prediction less rating.</param>
public readonly record struct RatingErrors(int Count, double RootMeanSquare, double MeanAbsolute, double Bias)
{
    /// <summary>Compares.</summary>
    /// <param name="predicted">The predictions.</param>
    /// <param name="given">The ratings.</param>
    /// <returns>The errors; null of nothing.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static RatingErrors? Of(ReadOnlySpan<float> predicted, ReadOnlySpan<float> given)
    {
        if (predicted.Length != given.Length)
        {
            throw new ArgumentException($"{predicted.Length} predictions have {given.Length} ratings.", nameof(given));
        }

        double squares = 0;
        double absolutes = 0;
        double sum = 0;
        for (int i = 0; i < given.Length; i++)
        {
            double error = (double)predicted[i] - given[i];
            squares += error * error;
            absolutes += Math.Abs(error);
            sum += error;
        }

        int count = given.Length;
        return count == 0 ? null : new RatingErrors(count, Math.Sqrt(squares / count), absolutes / count, sum / count);
    }
}
