namespace StreamSense.Throughput.Measuring;

/// <summary>The median of measured numbers.</summary>
internal static class Middle
{
    /// <summary>The middle number, the greater of two.</summary>
    public static double Of(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted[sorted.Length / 2];
    }
}
