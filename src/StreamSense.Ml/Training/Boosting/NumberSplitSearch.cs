namespace StreamSense.Ml.Training.Boosting;

/// <summary>Finds the best threshold of a numerical feature for a leaf.</summary>
/// <remarks>Missing values are tried on both sides, and against all values that are there.</remarks>
/// <param name="options">The rules.</param>
/// <param name="gradients">The units of the cells.</param>
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
        HistogramCell missing = cuts.HasMissing ? cells[cuts.MissingBin] : default;
        SplitChoice best = Scan(cells, feature, cuts, total, default);
        if (gradients.Count(missing) == 0)
        {
            // What has never been missing goes where most rows go.
            return best with { MissingLeft = 2L * gradients.Count(best.Left) >= gradients.Count(total) };
        }

        SplitChoice withMissing = Scan(cells, feature, cuts, total, missing);
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

    private SplitChoice Scan(HistogramCell* cells, int feature, FeatureCuts cuts, HistogramCell total, HistogramCell start)
    {
        Span<double> leftGradients = stackalloc double[MostBins];
        Span<double> leftHessians = stackalloc double[MostBins];
        HistogramCell* sums = stackalloc HistogramCell[MostBins];
        Span<byte> bins = stackalloc byte[MostBins];
        int candidates = 0;
        HistogramCell sum = start;
        int last = cuts.ValueBins - 1;
        for (int bin = 0; bin < last; bin++)
        {
            // A bin without rows is overwritten by the next one: to split behind it is to split before it.
            HistogramCell cell = cells[bin];
            sum += cell;
            sums[candidates] = sum;
            leftGradients[candidates] = gradients.Gradient(sum);
            leftHessians[candidates] = gradients.Hessian(sum);
            bins[candidates] = (byte)bin;
            candidates += cell.HessianAndRows != 0 ? 1 : 0;
        }

        // The left side grows and the right side shrinks: those that are large enough are one range.
        int first = 0;
        while (first < candidates && !IsEnough(sums[first]))
        {
            first++;
        }

        while (candidates > first && !IsEnough(total - sums[candidates - 1]))
        {
            candidates--;
        }

        if (first == candidates)
        {
            return SplitChoice.None;
        }

        Span<double> gains = leftGradients[first..candidates];
        _gain.OfPairs(gains, leftHessians[first..candidates], gradients.Gradient(total), gradients.Hessian(total), gains);
        int best = 0;
        for (int i = 1; i < gains.Length; i++)
        {
            best = gains[i] > gains[best] ? i : best;
        }

        return new SplitChoice(gains[best], feature, bins[first + best], MissingLeft: false, sums[first + best]);
    }
}
