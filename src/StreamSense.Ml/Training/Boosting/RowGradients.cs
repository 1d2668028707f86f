namespace StreamSense.Ml.Training.Boosting;

/// <summary>The derivatives of the loss by the score of each row, as whole numbers.</summary>
/// <remarks>
/// Whole numbers add up to the same sum in any order: that is what makes a model the same on any number of threads, and what lets a
/// sibling's histogram be subtracted without an error. The units are powers of two, so chosen that the sums of all rows just fit 62 bits:
/// of a 32-bit gradient nothing is lost unless it is 2^-20 times the mean of a hundred million. Counts of rows share a number with the
/// second derivatives.
/// </remarks>
internal sealed unsafe class RowGradients
{
    private const int SumBits = 61;
    private readonly AlignedBuffer<HistogramCell> _cells;
    private readonly int _rowBits;

    /// <summary>Makes room.</summary>
    /// <param name="rows">For how many rows.</param>
    public RowGradients(int rows)
    {
        _cells = new AlignedBuffer<HistogramCell>(rows);
        _rowBits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)rows);
    }

    /// <summary>The derivatives of each row.</summary>
    public HistogramCell* Rows => _cells.Pointer;

    /// <summary>What one unit of a cell's gradient is.</summary>
    public double GradientUnit { get; private set; }

    /// <summary>What one unit of a cell's second derivative is.</summary>
    public double HessianUnit { get; private set; }

    /// <summary>Takes the derivatives of the next tree.</summary>
    /// <param name="gradients">The first derivatives.</param>
    /// <param name="hessians">The second derivatives; none below 0.</param>
    public void Set(ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians)
    {
        double gradientSum = 0;
        double hessianSum = 0;
        for (int row = 0; row < gradients.Length; row++)
        {
            gradientSum += Math.Abs(gradients[row]);
            hessianSum += hessians[row];
        }

        double gradientScale = Scale(gradientSum, SumBits);
        double hessianScale = Scale(hessianSum, SumBits - _rowBits);
        GradientUnit = 1 / gradientScale;
        HessianUnit = 1 / hessianScale;
        HistogramCell* cells = _cells.Pointer;
        for (int row = 0; row < gradients.Length; row++)
        {
            cells[row] = new HistogramCell(
                (long)(gradients[row] * gradientScale), ((long)(hessians[row] * hessianScale) << _rowBits) | 1);
        }
    }

    /// <summary>The gradient of a cell.</summary>
    public double Gradient(HistogramCell cell) => cell.Gradient * GradientUnit;

    /// <summary>The second derivative of a cell.</summary>
    public double Hessian(HistogramCell cell) => (cell.HessianAndRows >> _rowBits) * HessianUnit;

    /// <summary>How many rows a cell has.</summary>
    public int Count(HistogramCell cell) => (int)(cell.HessianAndRows & ((1L << _rowBits) - 1));

    // The greatest power of two that leaves the sum below 2^bits.
    private static double Scale(double sum, int bits) =>
        sum > 0 ? Math.ScaleB(1, Math.Clamp(bits - 1 - Math.ILogB(sum), -1000, 1000)) : 1;
}
