using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Segments;

/// <summary>Clusters of viewers, by the centres that their numbers lie nearest to.</summary>
/// <remarks>Immutable and thread-safe. The largest cluster is the first; of equals the one whose centre is the lower in the first
/// columns.</remarks>
public sealed class KMeansModel
{
    private const int MaxStackColumns = 256;

    private readonly StandardScale _scale;
    private readonly double[] _centres;

    internal KMeansModel(StandardScale scale, double[] centres, ImmutableArray<int> sizes, double inertia, int iterations)
    {
        _scale = scale;
        _centres = centres;
        Sizes = sizes;
        Inertia = inertia;
        Iterations = iterations;
    }

    /// <summary>How many clusters there are.</summary>
    public int Clusters => Sizes.Length;

    /// <summary>How many numbers a row has.</summary>
    public int Columns => _scale.Columns;

    /// <summary>How many rows of those that it was fitted to each cluster has, falling.</summary>
    public ImmutableArray<int> Sizes { get; }

    /// <summary>The sum of squared distances of the rows to their centres, in the space that was clustered.</summary>
    public double Inertia { get; }

    /// <summary>How many iterations the start that counts took.</summary>
    public int Iterations { get; }

    /// <summary>How columns are brought to the space that was clustered.</summary>
    internal StandardScale Scale => _scale;

    /// <summary>The centres in that space, one behind the other.</summary>
    internal ReadOnlySpan<double> Centres => _centres;

    /// <summary>The centre of a cluster, in the units of the rows.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <returns>A number a column.</returns>
    public double[] CentreOf(int cluster)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cluster, (uint)Clusters, nameof(cluster));
        return [.. Enumerable.Range(0, Columns).Select(column => _scale.Undo(_centres[(cluster * Columns) + column], column))];
    }

    /// <summary>The cluster of a row: whose centre is nearest, of equals the first.</summary>
    /// <param name="row">The row; NaN = missing, which counts as the mean.</param>
    /// <exception cref="ArgumentException">It has another number of columns.</exception>
    public int Assign(ReadOnlySpan<float> row)
    {
        if (row.Length != Columns)
        {
            throw new ArgumentException($"A row has {Columns} columns, not {row.Length}.", nameof(row));
        }

        Span<double> scaled = Columns <= MaxStackColumns ? stackalloc double[Columns] : new double[Columns];
        _scale.Apply(row, scaled);
        return KMeansPoints.Nearest(scaled, _centres, Clusters, out _);
    }

    /// <summary>Writes the cluster of each viewer to a table.</summary>
    /// <param name="viewers">The viewers.</param>
    /// <param name="rows">Their rows, one after the other.</param>
    /// <param name="table">The table.</param>
    /// <param name="names">The names of the segments for the clusters, in their order.</param>
    /// <returns>How many viewers changed segments.</returns>
    /// <exception cref="ArgumentException">The numbers do not fit, or the table lacks a segment.</exception>
    public int Apply(ReadOnlySpan<ViewerId> viewers, ReadOnlySpan<float> rows, SegmentTable table, params ReadOnlySpan<string> names)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (rows.Length != viewers.Length * Columns || names.Length != Clusters)
        {
            throw new ArgumentException($"A row of {Columns} for each viewer, and {Clusters} names, are needed.", nameof(rows));
        }

        var bits = new ulong[names.Length];
        ulong all = 0;
        for (int i = 0; i < names.Length; i++)
        {
            bits[i] = table.BitOf(names[i]);
            all |= bits[i];
        }

        int changed = 0;
        for (int i = 0; i < viewers.Length; i++)
        {
            changed += table.Set(viewers[i], all, bits[Assign(rows.Slice(i * Columns, Columns))]) ? 1 : 0;
        }

        return changed;
    }

    /// <summary>How well rows lie in their clusters: the mean silhouette of a sample, from -1 to 1.</summary>
    /// <remarks>
    /// Rousseeuw, Silhouettes, 1987, of a sample against itself, which costs its square. Rows that are alone in their cluster count 0.
    /// </remarks>
    /// <param name="rows">The rows, one after the other.</param>
    /// <param name="sample">How many rows are taken, evenly spread over all.</param>
    /// <returns>Null if all rows of the sample are in one cluster.</returns>
    /// <exception cref="ArgumentException">The rows have another number of columns.</exception>
    public double? Silhouette(ReadOnlySpan<float> rows, int sample = 2000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sample, 2);
        if (rows.Length % Columns != 0)
        {
            throw new ArgumentException($"Rows have {Columns} columns.", nameof(rows));
        }

        int all = rows.Length / Columns;
        int taken = Math.Min(all, sample);
        var points = new double[taken * Columns];
        var clusters = new int[taken];
        for (int i = 0; i < taken; i++)
        {
            ReadOnlySpan<float> row = rows.Slice((int)((long)i * all / taken) * Columns, Columns);
            _scale.Apply(row, points.AsSpan(i * Columns, Columns));
            clusters[i] = Assign(row);
        }

        return SilhouetteOf(points, clusters);
    }

    private double? SilhouetteOf(double[] points, int[] clusters)
    {
        var counts = new int[Clusters];
        foreach (int cluster in clusters)
        {
            counts[cluster]++;
        }

        if (counts.Count(count => count > 0) < 2)
        {
            return null;
        }

        var sums = new double[Clusters];
        double total = 0;
        for (int i = 0; i < clusters.Length; i++)
        {
            Array.Clear(sums);
            for (int j = 0; j < clusters.Length; j++)
            {
                sums[clusters[j]] += Math.Sqrt(
                    KMeansPoints.Distance(points.AsSpan(i * Columns, Columns), points.AsSpan(j * Columns, Columns)));
            }

            int own = clusters[i];
            double nearest = double.PositiveInfinity;
            for (int cluster = 0; cluster < Clusters; cluster++)
            {
                nearest = cluster != own && counts[cluster] > 0 ? Math.Min(nearest, sums[cluster] / counts[cluster]) : nearest;
            }

            double within = counts[own] > 1 ? sums[own] / (counts[own] - 1) : 0;
            double greater = Math.Max(within, nearest);
            total += counts[own] > 1 && greater > 0 ? (nearest - within) / greater : 0;
        }

        return total / clusters.Length;
    }
}
