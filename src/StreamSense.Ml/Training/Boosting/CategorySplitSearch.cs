namespace StreamSense.Ml.Training.Boosting;

/// <summary>Finds the best set of categories for a leaf.</summary>
/// <remarks>
/// Few categories are tried one against the rest. More are put in the order of their gradient by second derivative, in which the best set
/// is a prefix (Fisher: On grouping for maximum homogeneity, JASA 1958), and prefixes are tried from both ends. What is missing counts as
/// a category. Categories that are not told apart, and those not seen in training, go right.
/// </remarks>
/// <param name="options">The rules.</param>
/// <param name="gradients">The units of the cells.</param>
internal sealed unsafe class CategorySplitSearch(BoostingOptions options, RowGradients gradients)
{
    private readonly LeafGain _gain = new(options.L1, options.L2);
    private readonly LeafGain _setGain = new(options.L1, options.L2 + options.CategorySmoothing);

    /// <summary>Finds it.</summary>
    /// <param name="cells">The cells of the feature.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="cuts">Its bins.</param>
    /// <param name="total">What the leaf adds up to.</param>
    /// <returns>The gain of its two leaves together; that of the leaf is not yet taken off.</returns>
    public SplitChoice Find(HistogramCell* cells, int feature, FeatureCuts cuts, HistogramCell total)
    {
        var bins = new List<int>(cuts.Bins);
        for (int bin = 0; bin < cuts.Bins; bin++)
        {
            bool isOther = bin == cuts.ValueBins - 1;
            if (!isOther && gradients.Count(cells[bin]) > 0)
            {
                bins.Add(bin);
            }
        }

        if (bins.Count <= options.MaxOneAgainstRest)
        {
            return OneAgainstRest(cells, feature, cuts, total, bins);
        }

        var orders = new double[cuts.Bins];
        foreach (int bin in bins)
        {
            orders[bin] = gradients.Gradient(cells[bin]) / (gradients.Hessian(cells[bin]) + Math.Max(options.CategorySmoothing, 1e-9));
        }

        bins.Sort((left, right) => orders[left] != orders[right] ? orders[left].CompareTo(orders[right]) : left.CompareTo(right));
        SplitChoice best = Prefixes(cells, feature, cuts, total, bins);
        bins.Reverse();
        SplitChoice reversed = Prefixes(cells, feature, cuts, total, bins);
        return reversed.Gain > best.Gain ? reversed : best;
    }

    private SplitChoice OneAgainstRest(HistogramCell* cells, int feature, FeatureCuts cuts, HistogramCell total, List<int> bins)
    {
        SplitChoice best = SplitChoice.None;
        foreach (int bin in bins)
        {
            double gain = Gain(_gain, cells[bin], total);
            if (gain > best.Gain)
            {
                best = new SplitChoice(gain, feature, 0, bin == cuts.MissingBin, cells[bin]) { LeftBins = [bin] };
            }
        }

        return best;
    }

    private SplitChoice Prefixes(HistogramCell* cells, int feature, FeatureCuts cuts, HistogramCell total, List<int> bins)
    {
        HistogramCell sum = default;
        HistogramCell bestLeft = default;
        double bestGain = 0;
        int bestLength = 0;
        for (int length = 1; length <= (bins.Count + 1) / 2; length++)
        {
            sum += cells[bins[length - 1]];
            double gain = Gain(_setGain, sum, total);
            if (gain > bestGain)
            {
                (bestGain, bestLength, bestLeft) = (gain, length, sum);
            }
        }

        if (bestLength == 0)
        {
            return SplitChoice.None;
        }

        int[] left = [.. bins.GetRange(0, bestLength)];
        return new SplitChoice(bestGain, feature, 0, Array.IndexOf(left, cuts.MissingBin) >= 0, bestLeft) { LeftBins = left };
    }

    private double Gain(LeafGain rule, HistogramCell left, HistogramCell total)
    {
        HistogramCell right = total - left;
        return IsEnough(left) && IsEnough(right)
            ? rule.Of(gradients.Gradient(left), gradients.Hessian(left)) + rule.Of(gradients.Gradient(right), gradients.Hessian(right))
            : 0;
    }

    private bool IsEnough(HistogramCell cell) =>
        gradients.Count(cell) >= options.MinRowsPerLeaf && gradients.Hessian(cell) >= options.MinHessianPerLeaf
        && gradients.Hessian(cell) + options.L2 > 0;
}
