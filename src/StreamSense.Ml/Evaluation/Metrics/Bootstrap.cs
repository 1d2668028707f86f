using StreamSense.Ml.Training;

namespace StreamSense.Ml.Evaluation.Metrics;

/// <summary>Intervals of means by drawing the users again, with replacement.</summary>
/// <remarks>
/// The percentile bootstrap (Efron 1979; Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3). All metrics are
/// drawn together, so that differences of two can be judged too. Each round has a generator of its own: the same seed gives the same
/// bits, on any number of threads. Cost: rounds × rows × columns additions.
/// </remarks>
public static class Bootstrap
{
    private const double Tail = 0.025;

    /// <summary>Means of columns with 95 % intervals.</summary>
    /// <param name="rows">The values, row after row; a row is a user, a column a metric.</param>
    /// <param name="columns">How many columns there are.</param>
    /// <param name="rounds">How often to draw; 0 for means alone, whose intervals are the mean itself.</param>
    /// <param name="seed">What the draws follow from.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <returns>An estimate for each column; zeros where there are no rows.</returns>
    /// <exception cref="ArgumentException">The values are no whole number of rows.</exception>
    public static MetricEstimate[] MeansOf(ReadOnlyMemory<double> rows, int columns, int rounds, int seed, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rounds);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (rows.Length % columns != 0)
        {
            throw new ArgumentException($"{rows.Length} values are no whole number of rows of {columns}.", nameof(rows));
        }

        int count = rows.Length / columns;
        var estimates = new MetricEstimate[columns];
        if (count == 0)
        {
            return estimates;
        }

        var means = new double[rounds * columns];
        Parallel.For(
            0,
            rounds,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            round => Draw(rows.Span, columns, new SplitMix(seed, round), means.AsSpan(round * columns, columns)));
        var sorted = new double[rounds];
        for (int column = 0; column < columns; column++)
        {
            double mean = MeanOf(rows.Span, columns, column);
            for (int round = 0; round < rounds; round++)
            {
                sorted[round] = means[(round * columns) + column];
            }

            Array.Sort(sorted);
            estimates[column] = rounds > 0
                ? new MetricEstimate(mean, Quantile(sorted, Tail), Quantile(sorted, 1 - Tail))
                : new MetricEstimate(mean, mean, mean);
        }

        return estimates;
    }

    private static double MeanOf(ReadOnlySpan<double> rows, int columns, int column)
    {
        double sum = 0;
        for (int i = column; i < rows.Length; i += columns)
        {
            sum += rows[i];
        }

        return sum / (rows.Length / columns);
    }

    private static void Draw(ReadOnlySpan<double> rows, int columns, SplitMix draws, Span<double> means)
    {
        int count = rows.Length / columns;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = rows.Slice(draws.Below(count) * columns, columns);
            for (int column = 0; column < row.Length; column++)
            {
                means[column] += row[column];
            }
        }

        for (int column = 0; column < means.Length; column++)
        {
            means[column] /= count;
        }
    }

    // Between the two nearest order statistics (Hyndman and Fan 1996, type 7).
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
