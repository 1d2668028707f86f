namespace StreamSense.Ml.Training.Linear;

/// <summary>Fits a <see cref="LogisticModel"/>.</summary>
/// <remarks>
/// Maximum likelihood with a ridge, by iteratively reweighted least squares: Newton's method, halving a step that does not lower the loss
/// (Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 2009, section 4.4.1). The optimum is unique as long as the
/// ridge is positive. Rows are worked on in sixteen fixed parts that are summed in order: the same bits on any number of threads.
/// Thread-safe.
/// </remarks>
public sealed class LogisticTrainer
{
    private readonly LogisticOptions _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">How to fit; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public LogisticTrainer(LogisticOptions? options = null)
    {
        _options = options ?? new LogisticOptions();
        _options.Validate();
    }

    /// <summary>Fits a model.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="progress">Told the mean loss after each step; may be null.</param>
    /// <param name="cancellation">Ends it early, with an exception.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">There are no rows, or more columns than the options allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public LogisticModel Train(LabelledRows rows, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double total = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            total += rows.WeightOf(row);
        }

        if (!(total > 0))
        {
            throw new ArgumentException("There is no row that counts.", nameof(rows));
        }

        var columns = new ScaledColumns(rows, _options);
        var objective = new LogisticObjective(rows, columns, _options);
        double[] weights = new double[columns.Columns];
        double loss = objective.Loss(weights);
        int iteration = 0;
        bool moves = true;
        while (moves && iteration < _options.MaxIterations)
        {
            cancellation.ThrowIfCancellationRequested();
            iteration++;
            moves = Step(objective, weights, ref loss);
            progress?.Report(new TrainProgress("iteration", iteration, _options.MaxIterations, loss / total));
        }

        return columns.ToModel(weights, iteration, objective.DataLoss(weights) / total);
    }

    private bool Step(LogisticObjective objective, double[] weights, ref double loss)
    {
        const int MostHalvings = 40;
        double[] direction = objective.NewtonStep(weights);
        double length = direction.Max(Math.Abs);
        var next = new double[weights.Length];
        double scale = 1;
        for (int halving = 0; halving < MostHalvings; halving++, scale /= 2)
        {
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = weights[i] + (scale * direction[i]);
            }

            double reached = objective.Loss(next);
            if (reached <= loss)
            {
                next.CopyTo(weights, 0);
                loss = reached;
                return scale * length > _options.Tolerance;
            }
        }

        // Nothing along the direction is lower: as near as these numbers can come.
        return false;
    }
}
