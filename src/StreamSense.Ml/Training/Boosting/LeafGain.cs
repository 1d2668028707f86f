using System.Numerics;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>What leaves are worth, by the second-order view of the loss.</summary>
/// <remarks>
/// Chen and Guestrin: XGBoost (KDD 2016), section 2.2, equations 5 to 7, with an L1 term: a leaf with derivatives G and H has the value
/// -T(G) / (H + λ) and takes T(G)² / (H + λ) off the doubled loss, where T moves G towards 0 by α.
/// </remarks>
/// <param name="l1">α.</param>
/// <param name="l2">λ.</param>
internal readonly struct LeafGain(double l1, double l2)
{
    /// <summary>λ.</summary>
    public double L2 => l2;

    /// <summary>What a leaf takes off the doubled loss.</summary>
    /// <param name="gradient">G.</param>
    /// <param name="hessian">H.</param>
    public double Of(double gradient, double hessian)
    {
        double moved = Math.Max(Math.Abs(gradient) - l1, 0);
        return moved == 0 ? 0 : moved * moved / (hessian + l2);
    }

    /// <summary>The value of a leaf.</summary>
    /// <param name="gradient">G.</param>
    /// <param name="hessian">H.</param>
    public double Value(double gradient, double hessian)
    {
        double moved = Math.Max(Math.Abs(gradient) - l1, 0);
        return moved == 0 ? 0 : -Math.CopySign(moved / (hessian + l2), gradient);
    }

    /// <summary>What pairs of leaves take off the doubled loss.</summary>
    /// <remarks>The same operations in the same order whatever the width of the registers, so that the sums are the same bits.</remarks>
    /// <param name="gradients">G on the left of each pair.</param>
    /// <param name="hessians">H on the left of each pair.</param>
    /// <param name="gradient">G of both sides together.</param>
    /// <param name="hessian">H of both sides together.</param>
    /// <param name="gains">Room for the gains; may be the place of the gradients.</param>
    public void OfPairs(
        ReadOnlySpan<double> gradients, ReadOnlySpan<double> hessians, double gradient, double hessian, Span<double> gains)
    {
        ReadOnlySpan<Vector<double>> wideGradients = MemoryMarshal.Cast<double, Vector<double>>(gradients);
        ReadOnlySpan<Vector<double>> wideHessians = MemoryMarshal.Cast<double, Vector<double>>(hessians);
        Span<Vector<double>> wideGains = MemoryMarshal.Cast<double, Vector<double>>(gains[..gradients.Length]);
        var allGradients = new Vector<double>(gradient);
        var allHessians = new Vector<double>(hessian);
        var lambda = new Vector<double>(l2);
        var alpha = new Vector<double>(l1);
        for (int i = 0; i < wideGains.Length; i++)
        {
            Vector<double> left = Vector.Max(Vector.Abs(wideGradients[i]) - alpha, Vector<double>.Zero);
            Vector<double> right = Vector.Max(Vector.Abs(allGradients - wideGradients[i]) - alpha, Vector<double>.Zero);
            Vector<double> leftWeight = wideHessians[i] + lambda;
            Vector<double> rightWeight = allHessians - wideHessians[i] + lambda;
            wideGains[i] = ((left * left * rightWeight) + (right * right * leftWeight)) / (leftWeight * rightWeight);
        }

        for (int i = wideGains.Length * Vector<double>.Count; i < gradients.Length; i++)
        {
            double left = Math.Max(Math.Abs(gradients[i]) - l1, 0);
            double right = Math.Max(Math.Abs(gradient - gradients[i]) - l1, 0);
            double leftWeight = hessians[i] + l2;
            double rightWeight = hessian - hessians[i] + l2;
            gains[i] = ((left * left * rightWeight) + (right * right * leftWeight)) / (leftWeight * rightWeight);
        }
    }
}
