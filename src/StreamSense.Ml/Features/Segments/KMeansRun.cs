using System.Collections.Immutable;

namespace StreamSense.Ml.Features.Segments;

/// <summary>One start of the search for clusters.</summary>
internal sealed class KMeansRun(double[] points, int columns, int clusters, ulong seed)
{
    private readonly double[] _centres = new double[clusters * columns];
    private readonly int[] _clusters = new int[points.Length / columns];
    private readonly double[] _distances = new double[points.Length / columns];
    private readonly int[] _sizes = new int[clusters];
    private ulong _state = seed;
    private int _iterations;

    /// <summary>The sum of squared distances.</summary>
    public double Inertia { get; private set; }

    private int Rows => _clusters.Length;

    public void Fit(int maxIterations, double tolerance, CancellationToken cancellationToken)
    {
        Draw();
        Inertia = Assign();
        for (_iterations = 1; _iterations <= maxIterations; _iterations++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Centre();
            double inertia = Assign();
            bool goesOn = Inertia - inertia > tolerance * Inertia;
            Inertia = inertia;
            if (!goesOn)
            {
                break;
            }
        }
    }

    public KMeansModel ToModel(StandardScale scale)
    {
        int[] order = [.. Enumerable.Range(0, clusters)];
        Array.Sort(order, (a, b) => _sizes[a] != _sizes[b]
            ? _sizes[b].CompareTo(_sizes[a])
            : _centres.AsSpan(a * columns, columns).SequenceCompareTo(_centres.AsSpan(b * columns, columns)));
        double[] centres = [.. order.SelectMany(cluster => _centres[(cluster * columns)..((cluster + 1) * columns)])];
        ImmutableArray<int> sizes = [.. order.Select(cluster => _sizes[cluster])];
        return new KMeansModel(scale, centres, sizes, Inertia, Math.Max(1, _iterations));
    }

    private ReadOnlySpan<double> Point(int row) => points.AsSpan(row * columns, columns);

    // k-means++: each centre is a row, drawn with the square of its distance to the centres so far; of several draws the best is kept.
    private void Draw()
    {
        int trials = 2 + (int)Math.Log(clusters);
        int first = (int)(Next() * Rows);
        Point(first).CopyTo(_centres);
        for (int row = 0; row < Rows; row++)
        {
            _distances[row] = KMeansPoints.Distance(Point(row), Point(first));
        }

        for (int centre = 1; centre < clusters; centre++)
        {
            double total = Sum(_distances);
            int best = -1;
            double bestTotal = double.PositiveInfinity;
            for (int trial = 0; trial < trials; trial++)
            {
                int row = Pick(Next() * total);
                double after = TotalWith(row);
                if (after < bestTotal)
                {
                    best = row;
                    bestTotal = after;
                }
            }

            Point(best).CopyTo(_centres.AsSpan(centre * columns));
            for (int row = 0; row < Rows; row++)
            {
                _distances[row] = Math.Min(_distances[row], KMeansPoints.Distance(Point(row), Point(best)));
            }
        }
    }

    private static double Sum(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    // A row that is no centre yet: there is one, since there are at least as many different rows as clusters.
    private int Pick(double target)
    {
        int last = 0;
        for (int row = 0; row < Rows; row++)
        {
            if (_distances[row] > 0)
            {
                last = row;
                target -= _distances[row];
                if (target < 0)
                {
                    return row;
                }
            }
        }

        return last;
    }

    private double TotalWith(int candidate)
    {
        double total = 0;
        for (int row = 0; row < Rows; row++)
        {
            total += Math.Min(_distances[row], KMeansPoints.Distance(Point(row), Point(candidate)));
        }

        return total;
    }

    private double Assign()
    {
        Array.Clear(_sizes);
        double inertia = 0;
        for (int row = 0; row < Rows; row++)
        {
            _clusters[row] = KMeansPoints.Nearest(Point(row), _centres, clusters, out _distances[row]);
            _sizes[_clusters[row]]++;
            inertia += _distances[row];
        }

        return inertia;
    }

    private void Centre()
    {
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            if (_sizes[cluster] == 0)
            {
                Refill(cluster);
            }
        }

        Array.Clear(_centres);
        for (int row = 0; row < Rows; row++)
        {
            Span<double> centre = _centres.AsSpan(_clusters[row] * columns, columns);
            for (int column = 0; column < columns; column++)
            {
                centre[column] += points[(row * columns) + column];
            }
        }

        for (int cluster = 0; cluster < clusters; cluster++)
        {
            for (int column = 0; column < columns; column++)
            {
                _centres[(cluster * columns) + column] /= _sizes[cluster];
            }
        }
    }

    // The farthest row of a cluster that keeps at least one other.
    private void Refill(int cluster)
    {
        int farthest = -1;
        for (int row = 0; row < Rows; row++)
        {
            if (_sizes[_clusters[row]] > 1 && (farthest < 0 || _distances[row] > _distances[farthest]))
            {
                farthest = row;
            }
        }

        _sizes[_clusters[farthest]]--;
        _clusters[farthest] = cluster;
        _distances[farthest] = 0;
        _sizes[cluster] = 1;
    }

    // From 0 to below 1.
    private double Next() => SplitMixStep.UnitOf(SplitMixStep.Next(ref _state));
}
