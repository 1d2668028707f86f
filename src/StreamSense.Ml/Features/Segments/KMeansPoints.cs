namespace StreamSense.Ml.Features.Segments;

/// <summary>Distances between points, with the same bits whatever the processor.</summary>
internal static class KMeansPoints
{
    private const int Lanes = 4;

    /// <summary>The squared distance of two points.</summary>
    /// <remarks>Four sums side by side, added in a fixed order: on a vector unit or not, the same bits.</remarks>
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            double d0 = a[i] - b[i];
            double d1 = a[i + 1] - b[i + 1];
            double d2 = a[i + 2] - b[i + 2];
            double d3 = a[i + 3] - b[i + 3];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }

        for (; i < a.Length; i++)
        {
            double d = a[i] - b[i];
            s0 += d * d;
        }

        return s0 + s1 + (s2 + s3);
    }

    /// <summary>The centre nearest to a point, of equals the first.</summary>
    public static int Nearest(ReadOnlySpan<double> point, ReadOnlySpan<double> centres, int count, out double distance)
    {
        int nearest = 0;
        distance = double.PositiveInfinity;
        for (int centre = 0; centre < count; centre++)
        {
            double squared = Distance(point, centres.Slice(centre * point.Length, point.Length));
            if (squared < distance)
            {
                distance = squared;
                nearest = centre;
            }
        }

        return nearest;
    }
}
