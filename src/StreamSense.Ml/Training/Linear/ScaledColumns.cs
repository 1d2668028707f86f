namespace StreamSense.Ml.Training.Linear;

/// <summary>Features of mean 0 and deviation 1, with a column of ones in front and columns that tell of absence behind.</summary>
internal sealed class ScaledColumns
{
    private readonly int _features;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly int[] _absent;
    private readonly float[] _cells;

    /// <summary>Scales rows.</summary>
    /// <exception cref="ArgumentException">There are more columns than the options allow.</exception>
    public ScaledColumns(LabelledRows rows, LogisticOptions options)
    {
        _features = rows.Columns;
        _means = new double[_features];
        _deviations = new double[_features];
        int[] missing = Measure(rows);
        _absent = options.Missing == MissingFeatures.OwnWeight
            ? [.. Enumerable.Range(0, _features).Where(feature => missing[feature] > 0)]
            : [];
        Columns = 1 + _features + _absent.Length;
        if (Columns > options.MaxColumns || (long)Columns * rows.Count > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{rows.Count} rows of {Columns} columns, ones and absences included, are more than {nameof(options.MaxColumns)} "
                + $"({options.MaxColumns}) allows, or than {Array.MaxLength} numbers.");
        }

        _cells = new float[rows.Count * Columns];
        for (int row = 0; row < rows.Count; row++)
        {
            Scale(rows[row], _cells.AsSpan(row * Columns, Columns));
        }
    }

    /// <summary>How many columns there are.</summary>
    public int Columns { get; }

    /// <summary>A row.</summary>
    public ReadOnlySpan<float> this[int row] => _cells.AsSpan(row * Columns, Columns);

    /// <summary>The model that has these weights of scaled columns, said of the features as they were given.</summary>
    public LogisticModel ToModel(ReadOnlySpan<double> scaled, int iterations, double loss)
    {
        double bias = scaled[0];
        var weights = new double[_features];
        var absences = new double[_features];
        for (int i = 0; i < _features; i++)
        {
            weights[i] = _deviations[i] > 0 ? scaled[i + 1] / _deviations[i] : 0;
            bias -= weights[i] * _means[i];
            absences[i] = weights[i] * _means[i];
        }

        for (int i = 0; i < _absent.Length; i++)
        {
            absences[_absent[i]] += scaled[1 + _features + i];
        }

        return new LogisticModel(bias, [.. weights], [.. absences], iterations, loss);
    }

    // Two passes, since the sum of squares less the square of the sum loses all digits of large means.
    private int[] Measure(LabelledRows rows)
    {
        var missing = new int[_features];
        var weights = new double[_features];
        for (int pass = 0; pass < 2; pass++)
        {
            Array.Clear(missing);
            Array.Clear(weights);
            for (int row = 0; row < rows.Count; row++)
            {
                ReadOnlySpan<float> features = rows[row];
                double weight = rows.WeightOf(row);
                for (int i = 0; i < features.Length; i++)
                {
                    if (float.IsNaN(features[i]))
                    {
                        missing[i]++;
                        continue;
                    }

                    weights[i] += weight;
                    double offset = features[i] - _means[i];
                    _ = pass == 0 ? _deviations[i] += weight * features[i] : _deviations[i] += weight * offset * offset;
                }
            }

            for (int i = 0; i < _features; i++)
            {
                double mean = weights[i] > 0 ? _deviations[i] / weights[i] : 0;
                (_means[i], _deviations[i]) = pass == 0 ? (mean, 0) : (_means[i], Math.Sqrt(mean));
            }
        }

        for (int i = 0; i < _features; i++)
        {
            // Rounding alone makes no feature vary.
            _deviations[i] = _deviations[i] <= 1e-7 * Math.Abs(_means[i]) ? 0 : _deviations[i];
        }

        return missing;
    }

    private void Scale(ReadOnlySpan<float> features, Span<float> cells)
    {
        cells[0] = 1;
        for (int i = 0; i < features.Length; i++)
        {
            bool counts = !float.IsNaN(features[i]) && _deviations[i] > 0;
            cells[i + 1] = counts ? (float)((features[i] - _means[i]) / _deviations[i]) : 0;
        }

        for (int i = 0; i < _absent.Length; i++)
        {
            cells[1 + _features + i] = float.IsNaN(features[_absent[i]]) ? 1 : 0;
        }
    }
}
