namespace StreamSense.Ml.Features.Segments;

/// <summary>Brings columns to mean 0 and deviation 1; what is missing becomes the mean.</summary>
/// <param name="means">The mean of each column.</param>
/// <param name="scales">What each column is divided by.</param>
internal sealed class StandardScale(double[] means, double[] scales)
{
    public int Columns => means.Length;

    /// <summary>The mean of each column.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>What each column is divided by.</summary>
    public ReadOnlySpan<double> Scales => scales;

    /// <summary>Whether all numbers are such as can have been measured.</summary>
    public bool IsUsable => Array.TrueForAll(means, double.IsFinite) && Array.TrueForAll(scales, scale => scale > 0 && double.IsFinite(scale));

    /// <summary>Measures columns; rows are gone through in their order.</summary>
    public static StandardScale Of(ReadOnlySpan<float> rows, int columns, ReadOnlySpan<int> order, bool standardise)
    {
        var means = new double[columns];
        var scales = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            double sum = 0;
            long count = 0;
            foreach (int row in order)
            {
                float value = rows[(row * columns) + column];
                sum += float.IsNaN(value) ? 0 : value;
                count += float.IsNaN(value) ? 0 : 1;
            }

            double mean = count == 0 ? 0 : sum / count;
            double squares = 0;
            foreach (int row in order)
            {
                float value = rows[(row * columns) + column];
                squares += float.IsNaN(value) ? 0 : (value - mean) * (value - mean);
            }

            double deviation = count == 0 ? 0 : Math.Sqrt(squares / count);
            means[column] = mean;
            scales[column] = standardise && deviation > 0 ? deviation : 1;
        }

        return new StandardScale(means, scales);
    }

    public void Apply(ReadOnlySpan<float> row, Span<double> scaled)
    {
        for (int column = 0; column < means.Length; column++)
        {
            scaled[column] = float.IsNaN(row[column]) ? 0 : (row[column] - means[column]) / scales[column];
        }
    }

    public double Undo(double scaled, int column) => (scaled * scales[column]) + means[column];
}
