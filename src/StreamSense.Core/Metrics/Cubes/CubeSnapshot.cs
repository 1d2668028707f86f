using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The cubes of one or more shards, each as it was between two sessions.</summary>
/// <remarks>Immutable; safe on any thread. It keeps what it shows in memory until it is let go.</remarks>
public sealed class CubeSnapshot
{
    private readonly Vocabulary _vocabulary;
    private readonly CubeGrouping[] _groupings;
    private readonly CubeRoot[] _roots;

    internal CubeSnapshot(Vocabulary vocabulary, CubeGrouping[] groupings, CubeRoot[] roots)
    {
        _vocabulary = vocabulary;
        _groupings = groupings;
        _roots = roots;
    }

    /// <summary>The groupings that can be asked for, and projections of them.</summary>
    public IReadOnlyList<CubeGrouping> Groupings => _groupings;

    /// <summary>Puts the cubes of several shards together.</summary>
    /// <param name="snapshots">One or more snapshots of cubes that were made with the same vocabulary and groupings.</param>
    /// <returns>Their sum; the same in whatever order they come.</returns>
    /// <exception cref="ArgumentException">There is none, or they do not go together.</exception>
    public static CubeSnapshot Merge(IEnumerable<CubeSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        CubeSnapshot[] parts = [.. snapshots];
        if (parts.Length == 0)
        {
            throw new ArgumentException("There is nothing to merge.", nameof(snapshots));
        }

        foreach (CubeSnapshot part in parts)
        {
            if (part._vocabulary != parts[0]._vocabulary || !HaveEqualGroupings(part, parts[0]))
            {
                throw new ArgumentException("Cubes of different vocabularies or groupings cannot be merged.", nameof(snapshots));
            }
        }

        return new CubeSnapshot(parts[0]._vocabulary, parts[0]._groupings, [.. parts.SelectMany(part => part._roots)]);
    }

    /// <summary>Answers a query.</summary>
    /// <param name="query">What is asked.</param>
    /// <returns>The rows: groups in the query's order, the windows of a group ascending; one at least without dimensions.</returns>
    /// <exception cref="ArgumentException">
    /// No grouping of the cube has all the dimensions that the query groups or filters by, or only one with genres that the query does not
    /// mention and that would count sessions more than once.
    /// </exception>
    public IReadOnlyList<CubeRow> Query(CubeQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        int segment = SegmentFor(query);
        var scan = new CubeScan(_vocabulary, query, segment == 0 ? null : _groupings[segment - 1]);
        foreach (CubeRoot root in _roots)
        {
            scan.Add(root, segment);
        }

        return CubeRows.Of(_vocabulary, query, scan.Groups);
    }

    private static bool HaveEqualGroupings(CubeSnapshot a, CubeSnapshot b)
    {
        if (a._groupings.Length != b._groupings.Length)
        {
            return false;
        }

        for (int i = 0; i < a._groupings.Length; i++)
        {
            if (!a._groupings[i].Ordered.SequenceEqual(b._groupings[i].Ordered))
            {
                return false;
            }
        }

        return true;
    }

    // The grouping with the fewest dimensions that has all that are mentioned.
    private int SegmentFor(CubeQuery query)
    {
        var wanted = new HashSet<CubeDimension>(query.By);
        if (wanted.Count != query.By.Count)
        {
            throw new ArgumentException("A dimension is named twice.", nameof(query));
        }

        foreach (CubeFilter filter in query.Where)
        {
            wanted.Add(filter.Dimension);
        }

        if (wanted.Count == 0)
        {
            return 0;
        }

        int best = 0;
        for (int i = 0; i < _groupings.Length; i++)
        {
            IReadOnlyList<CubeDimension> dimensions = _groupings[i].Dimensions;
            bool isMultiplied = dimensions.Contains(CubeDimension.Genre) && !wanted.Contains(CubeDimension.Genre);
            if (!isMultiplied && wanted.IsSubsetOf(dimensions)
                && (best == 0 || dimensions.Count < _groupings[best - 1].Dimensions.Count))
            {
                best = i + 1;
            }
        }

        return best > 0
            ? best
            : throw new ArgumentException(
                $"The cube does not group by {string.Join(" × ", wanted)}; it has {string.Join(", ", (object[])_groupings)}.",
                nameof(query));
    }
}
