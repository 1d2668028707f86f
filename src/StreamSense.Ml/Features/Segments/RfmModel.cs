using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Segments;

/// <summary>Scores viewers by the fifths of an audience in recency, frequency and money.</summary>
/// <remarks>
/// The bounds between fifths are values of the audience by nearest rank; a value equal to a bound belongs to the lower fifth, so that equal
/// values have equal scores and, where many are equal, fifths are of unequal size. Independent of the order of the points. Immutable
/// and thread-safe. Hughes, Strategic Database Marketing, 1994, with the fifths taken of each number by itself.
/// </remarks>
public sealed class RfmModel
{
    /// <summary>How many bounds there are between fifths.</summary>
    internal const int Bounds = 4;

    private const int Fifths = 5;
    private const double MicrosecondsPerDay = 86_400_000_000.0;
    private const double MicrosecondsPerHour = 3_600_000_000.0;

    private readonly double[] _recency;
    private readonly double[] _frequency;
    private readonly double[] _monetary;

    /// <summary>Makes a model of known bounds, which are not copied.</summary>
    /// <exception cref="ArgumentException">Bounds are not four finite numbers each that do not fall.</exception>
    internal RfmModel(double[] recency, double[] frequency, double[] monetary)
    {
        CheckBounds(recency);
        CheckBounds(frequency);
        CheckBounds(monetary);
        _recency = recency;
        _frequency = frequency;
        _monetary = monetary;
    }

    /// <summary>The names of the segments, as a <see cref="SegmentTable"/> that <see cref="Apply"/> writes to has them.</summary>
    public static ImmutableArray<string> SegmentNames { get; } =
    [
        "champions", "loyal", "potential_loyalists", "new", "promising", "need_attention", "about_to_sleep", "at_risk", "cannot_lose",
        "hibernating",
    ];

    /// <summary>The greatest recency of the best fifth, of the best two, and so on: four bounds in days.</summary>
    public ImmutableArray<double> RecencyBounds => [.. _recency];

    /// <summary>The greatest frequency of the lowest fifth, of the lowest two, and so on: four bounds.</summary>
    public ImmutableArray<double> FrequencyBounds => [.. _frequency];

    /// <summary>The greatest amount of the lowest fifth, of the lowest two, and so on: four bounds.</summary>
    public ImmutableArray<double> MonetaryBounds => [.. _monetary];

    /// <summary>Takes the fifths of an audience.</summary>
    /// <param name="points">The audience.</param>
    /// <exception cref="ArgumentException">There is nobody, or a number is not finite.</exception>
    public static RfmModel Fit(ReadOnlySpan<RfmPoint> points)
    {
        if (points.IsEmpty)
        {
            throw new ArgumentException("Fifths need an audience.", nameof(points));
        }

        var recency = new double[points.Length];
        var frequency = new double[points.Length];
        var monetary = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            if (!double.IsFinite(points[i].Recency) || !double.IsFinite(points[i].Frequency) || !double.IsFinite(points[i].Monetary))
            {
                throw new ArgumentException("A point is not finite.", nameof(points));
            }

            (recency[i], frequency[i], monetary[i]) = (points[i].Recency, points[i].Frequency, points[i].Monetary);
        }

        return new RfmModel(BoundsOf(recency), BoundsOf(frequency), BoundsOf(monetary));
    }

    /// <summary>Takes the viewers of a book who have ever played anything.</summary>
    /// <param name="book">The book.</param>
    /// <param name="now">The time; plays after it count as now.</param>
    /// <param name="money">What stands for money.</param>
    /// <returns>A point a viewer, in ascending order of ids.</returns>
    public static RfmPoint[] PointsOf(ViewerBook book, EventTime now, RfmMoney money = RfmMoney.WatchHours)
    {
        ArgumentNullException.ThrowIfNull(book);
        return
        [
            .. book.ToArray().Where(entry => entry.Traits.Plays > 0).Select(entry => new RfmPoint(
                entry.Viewer,
                Math.Max(0, now.UnixMicroseconds - entry.Traits.LastPlay.UnixMicroseconds) / MicrosecondsPerDay,
                entry.Traits.Plays,
                money == RfmMoney.Amount ? entry.Traits.AmountMillionths / 1e6 : entry.Traits.WatchMicroseconds / MicrosecondsPerHour)),
        ];
    }

    /// <summary>Scores a viewer, of the audience or not.</summary>
    /// <param name="point">The viewer's numbers.</param>
    public RfmScore Score(in RfmPoint point) => new(
        Fifths - Reached(_recency, point.Recency), 1 + Reached(_frequency, point.Frequency), 1 + Reached(_monetary, point.Monetary));

    /// <summary>Writes the segment of each viewer to a table.</summary>
    /// <param name="points">The viewers.</param>
    /// <param name="table">The table; it has the <see cref="SegmentNames"/> among its own.</param>
    /// <returns>How many viewers changed segments.</returns>
    /// <exception cref="ArgumentException">The table lacks one of the segments.</exception>
    public int Apply(ReadOnlySpan<RfmPoint> points, SegmentTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        ulong[] bits = [.. SegmentNames.Select(table.BitOf)];
        ulong all = bits.Aggregate(0UL, (sum, bit) => sum | bit);
        int changed = 0;
        foreach (ref readonly RfmPoint point in points)
        {
            changed += table.Set(point.Viewer, all, bits[(int)Score(point).Segment]) ? 1 : 0;
        }

        return changed;
    }

    private static void CheckBounds(double[] bounds)
    {
        bool isRising = bounds.Length == Bounds && Array.TrueForAll(bounds, double.IsFinite);
        for (int i = 1; i < bounds.Length; i++)
        {
            isRising &= bounds[i] >= bounds[i - 1];
        }

        if (!isRising)
        {
            throw new ArgumentException("Between fifths there are four bounds, finite, none below the one before.", nameof(bounds));
        }
    }

    private static double[] BoundsOf(double[] values)
    {
        Array.Sort(values);
        var bounds = new double[Bounds];
        for (int fifth = 1; fifth < Fifths; fifth++)
        {
            long rank = (((long)values.Length * fifth) + Fifths - 1) / Fifths;
            bounds[fifth - 1] = values[Math.Max(1, rank) - 1];
        }

        return bounds;
    }

    private static int Reached(double[] bounds, double value)
    {
        int reached = 0;
        foreach (double bound in bounds)
        {
            reached += value > bound ? 1 : 0;
        }

        return reached;
    }
}
