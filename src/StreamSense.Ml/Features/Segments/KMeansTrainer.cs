namespace StreamSense.Ml.Features.Segments;

/// <summary>Finds clusters of viewers whose numbers lie near each other.</summary>
/// <remarks>
/// <para>Lloyd's iterations from centres drawn by k-means++ (Arthur, Vassilvitskii 2007, with 2 + ln k trials a centre and the best
/// kept), the
/// best of several restarts. A cluster that falls empty takes the row farthest from its centre.</para>
/// <para>Deterministic by seed, and independent of the order of the rows: they are put in order of their values first. All sums are in a
/// fixed order.</para>
/// </remarks>
public sealed class KMeansTrainer
{
    private readonly KMeansOptions _options;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">How to cluster; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public KMeansTrainer(KMeansOptions? options = null)
    {
        _options = options ?? new KMeansOptions();
        _options.Validate();
    }

    /// <summary>Finds clusters.</summary>
    /// <param name="rows">The rows, one after the other; NaN = missing, which counts as the column's mean.</param>
    /// <param name="columns">How many numbers a row has.</param>
    /// <param name="cancellationToken">Ends the training between two iterations.</param>
    /// <returns>The clusters; fewer than asked for if there are fewer different rows.</returns>
    /// <exception cref="ArgumentException">There is no row, or a number is infinite.</exception>
    /// <exception cref="OperationCanceledException">The token was set.</exception>
    public KMeansModel Fit(ReadOnlySpan<float> rows, int columns, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (rows.IsEmpty || rows.Length % columns != 0 || HasInfinity(rows))
        {
            throw new ArgumentException($"Rows have {columns} finite columns each, and there is at least one.", nameof(rows));
        }

        int[] order = Order(rows, columns);
        StandardScale scale = StandardScale.Of(rows, columns, order, _options.Standardise);
        var points = new double[rows.Length];
        for (int i = 0; i < order.Length; i++)
        {
            scale.Apply(rows.Slice(order[i] * columns, columns), points.AsSpan(i * columns, columns));
        }

        int clusters = Math.Min(_options.Clusters, Distinct(points, columns));
        KMeansRun? best = null;
        for (int restart = 0; restart < _options.Restarts; restart++)
        {
            var run = new KMeansRun(points, columns, clusters, _options.Seed + ((ulong)restart * 0x9E3779B97F4A7C15UL));
            run.Fit(_options.MaxIterations, _options.Tolerance, cancellationToken);
            best = best is null || run.Inertia < best.Inertia ? run : best;
        }

        return best!.ToModel(scale);
    }

    /// <summary>Finds clusters, and how many of them lie best by their silhouette.</summary>
    /// <param name="rows">The rows, one after the other.</param>
    /// <param name="columns">How many numbers a row has.</param>
    /// <param name="atLeast">The least number of clusters that is tried, from 2.</param>
    /// <param name="atMost">The greatest.</param>
    /// <param name="sample">How many rows the silhouette is taken of.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <returns>The clusters of the number whose silhouette is greatest, of equals the least.</returns>
    /// <exception cref="ArgumentException">There is no row, or a number is infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of clusters is outside its range.</exception>
    public KMeansModel FitBest(
        ReadOnlySpan<float> rows, int columns, int atLeast, int atMost, int sample = 2000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atLeast, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, atLeast);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atMost, ISegmentReader.MaxSegments);
        KMeansModel? best = null;
        double bestSilhouette = double.NegativeInfinity;
        for (int clusters = atLeast; clusters <= atMost; clusters++)
        {
            var options = new KMeansOptions
            {
                Clusters = clusters,
                Restarts = _options.Restarts,
                MaxIterations = _options.MaxIterations,
                Tolerance = _options.Tolerance,
                Standardise = _options.Standardise,
                Seed = _options.Seed,
            };
            KMeansModel model = new KMeansTrainer(options).Fit(rows, columns, cancellationToken);
            double silhouette = model.Silhouette(rows, sample) ?? double.NegativeInfinity;
            if (best is null || silhouette > bestSilhouette)
            {
                best = model;
                bestSilhouette = silhouette;
            }
        }

        return best!;
    }

    private static bool HasInfinity(ReadOnlySpan<float> rows)
    {
        foreach (float value in rows)
        {
            if (float.IsInfinity(value))
            {
                return true;
            }
        }

        return false;
    }

    // Rows by their values, column by column: equal rows may stand in any order, since they add the same.
    private static int[] Order(ReadOnlySpan<float> rows, int columns)
    {
        float[] all = rows.ToArray();
        int[] order = [.. Enumerable.Range(0, all.Length / columns)];
        Array.Sort(order, (a, b) => all.AsSpan(a * columns, columns).SequenceCompareTo(all.AsSpan(b * columns, columns)));
        return order;
    }

    private static int Distinct(double[] points, int columns)
    {
        int distinct = 1;
        for (int at = columns; at < points.Length; at += columns)
        {
            distinct += points.AsSpan(at, columns).SequenceEqual(points.AsSpan(at - columns, columns)) ? 0 : 1;
        }

        return distinct;
    }
}
