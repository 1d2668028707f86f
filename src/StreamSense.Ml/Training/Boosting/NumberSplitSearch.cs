namespace StreamSense.Ml.Training.Boosting;

/// <summary>Finds the best threshold of a numerical feature for a leaf.</summary>
/// <remarks>Missing values are tried on both sides, and against all values that are there.</remarks>
/// <param name="options">The rules.</param>
/// <param name="gradients">The units of the cells.</param>
[System.Runtime.CompilerServices.SkipLocalsInit]
internal sealed unsafe class NumberSplitSearch(BoostingOptions options, RowGradients gradients)
{
    private const int MostBins = 256;
    private readonly LeafGain _gain = new(options.L1, options.L2);

    /// <summary>Finds it.</summary>
    /// <param name="cells">The cells of the feature.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="cuts">Its bins.</param>
    /// <param name="total">What the leaf adds up to.</param>
    /// <returns>The gain of its two leaves together; that of the leaf is not yet taken off.</returns>
    public SplitChoice Find(HistogramCell* cells, int feature, FeatureCuts cuts, HistogramCell total)
    {
        HistogramCell* sums = stackalloc HistogramCell[MostBins];
        Span<byte> bins = stackalloc byte[MostBins];
        int candidates = 0;
        HistogramCell sum = default;
        int last = cuts.ValueBins - 1;
        for (int bin = 0; bin < last; bin++)
        {
            // A bin without rows is overwritten by the next one: to split behind it is to split before it.
            sum += cells[bin];
            sums[candidates] = sum;
            bins[candidates] = (byte)bin;
            candidates += cells[bin].HessianAndRows != 0 ? 1 : 0;
        }

        var left = new ReadOnlySpan<HistogramCell>(sums, candidates);
        SplitChoice best = Best(left, bins, feature, total, default);
        HistogramCell missing = cuts.HasMissing ? cells[cuts.MissingBin] : default;
        if (missing.HessianAndRows == 0)
        {
            // What has never been missing goes where most rows go.
            return best with { MissingLeft = 2L * gradients.Count(best.Left) >= gradients.Count(total) };
        }

        SplitChoice withMissing = Best(left, bins, feature, total, missing);
        if (withMissing.Gain > best.Gain)
        {
            best = withMissing with { MissingLeft = true };
        }

        SplitChoice onlyMissing = OnlyMissing(feature, total, missing);
        return onlyMissing.Gain > best.Gain ? onlyMissing : best;
    }

    // 'value < -∞' sends every value right, whatever it is, and so needs no threshold above all of them.
    private SplitChoice OnlyMissing(int feature, HistogramCell total, HistogramCell missing)
    {
        HistogramCell values = total - missing;
        return IsEnough(missing) && IsEnough(values)
            ? new SplitChoice(Gain(missing) + Gain(values), feature, -1, MissingLeft: true, missing)
            : SplitChoice.None;
    }

    private double Gain(HistogramCell cell) => _gain.Of(gradients.Gradient(cell), gradients.Hessian(cell));

    private bool IsEnough(HistogramCell cell) =>
        gradients.Count(cell) >= options.MinRowsPerLeaf && gradients.Hessian(cell) >= options.MinHessianPerLeaf
        && gradients.Hessian(cell) + options.L2 > 0;

    private SplitChoice Best(
        ReadOnlySpan<HistogramCell> sums, ReadOnlySpan<byte> bins, int feature, HistogramCell total, HistogramCell missing)
    {
        // The left side grows and the right side shrinks: those that are large enough are one range.
        int first = 0;
        while (first < sums.Length && !IsEnough(sums[first] + missing))
        {
            first++;
        }

        int end = sums.Length;
        while (end > first && !IsEnough(total - sums[end - 1] - missing))
        {
            end--;
        }

        if (first == end)
        {
            return SplitChoice.None;
        }

        Span<double> leftGradients = stackalloc double[MostBins];
        Span<double> leftHessians = stackalloc double[MostBins];
        for (int i = first; i < end; i++)
        {
            HistogramCell left = sums[i] + missing;
            leftGradients[i] = gradients.Gradient(left);
            leftHessians[i] = gradients.Hessian(left);
        }

        Span<double> gains = leftGradients[first..end];
        _gain.OfPairs(gains, leftHessians[first..end], gradients.Gradient(total), gradients.Hessian(total), gains);
        int best = 0;
        for (int i = 1; i < gains.Length; i++)
        {
            best = gains[i] > gains[best] ? i : best;
        }

        return new SplitChoice(gains[best], feature, bins[first + best], MissingLeft: false, sums[first + best] + missing);
    }
}
