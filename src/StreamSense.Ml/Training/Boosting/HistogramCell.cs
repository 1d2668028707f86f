using System.Runtime.InteropServices;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>What the rows of a bin add up to.</summary>
/// <param name="Gradient">The first derivatives, in units of a power of two.</param>
/// <param name="HessianAndRows">The second derivatives, in units of another, above the number of rows.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct HistogramCell(long Gradient, long HessianAndRows)
{
    /// <summary>The sum of two cells.</summary>
    public static HistogramCell operator +(HistogramCell left, HistogramCell right) =>
        new(left.Gradient + right.Gradient, left.HessianAndRows + right.HessianAndRows);

    /// <summary>What is left of a cell without another.</summary>
    public static HistogramCell operator -(HistogramCell left, HistogramCell right) =>
        new(left.Gradient - right.Gradient, left.HessianAndRows - right.HessianAndRows);
}
