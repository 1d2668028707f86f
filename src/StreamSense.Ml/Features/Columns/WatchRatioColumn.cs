using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>The mean watched share of a title, less the mean of the titles of its length.</summary>
internal sealed class WatchRatioColumn(
    FadingSums sums, int total, int count, TitleFactsCell facts, TablePlan lengths, FadingSums lengthSums, int lengthTotal, int lengthCount,
    double priorWeight) : Column
{
    /// <inheritdoc/>
    public override void Prepare(FillScratch scratch)
    {
        // The means of all lengths: few, and asked for once a query.
        double[] means = scratch.PartOf(this, static () => new double[DimensionKeys.Lengths]);
        Span<long> row = stackalloc long[lengths.Words];
        for (int length = 0; length < means.Length; length++)
        {
            bool known = lengths.Rows.TryRead(DimensionKeys.KeyOfLength(length), row);
            double seen = known ? BitConverter.Int64BitsToDouble(row[lengthSums.Offset + lengthCount]) : 0;
            means[length] = seen > 0 ? BitConverter.Int64BitsToDouble(row[lengthSums.Offset + lengthTotal]) / seen : double.NaN;
        }
    }

    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        LaneBlock block = scratch.BlockOf(Table!);
        ReadOnlySpan<double> totals = FadingColumn.SumsOf(block, sums, total);
        ReadOnlySpan<double> counts = FadingColumn.SumsOf(block, sums, count);
        ReadOnlySpan<double> factors = FadingColumn.FactorsOf(block, sums);
        int numbers = (facts.Offset + TitleFactsCell.Numbers) * LaneLoop.Block;
        ReadOnlySpan<long> words = block.Words;
        double[] means = (double[])scratch.Parts[Index]!;
        Span<double> result = scratch.Results(target.Lanes);
        for (int i = 0; i < result.Length; i++)
        {
            int length = TitleFactsCell.NumberOf(words[numbers + i], 3);
            double mean = length < 0 ? double.NaN : means[length];
            double seen = (counts[i] * factors[i]) + priorWeight;
            result[i] = seen > 0 ? (((totals[i] * factors[i]) + (priorWeight * mean)) / seen) - mean : 0 * mean;
        }

        LaneLoop.Finish(result, target);
    }
}
