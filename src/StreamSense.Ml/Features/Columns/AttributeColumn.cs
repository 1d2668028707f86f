using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>The sum or mean of a person's weights over the attributes of each candidate.</summary>
/// <param name="most">How many attributes a person may have.</param>
/// <param name="titles">The table of titles.</param>
/// <param name="attributes">Where the titles' attributes lie.</param>
/// <param name="isMean">Whether the sum is divided by how many attributes the candidate has.</param>
/// <param name="prepare">Fills the weights, and gives what they are to be divided by; NaN if there are none.</param>
internal sealed class AttributeColumn(
    int most, TablePlan titles, TitleAttributesCell attributes, bool isMean, Func<FillScratch, AttributeWeights, double> prepare) : Column
{
    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override void Prepare(FillScratch scratch)
    {
        AttributeWeights weights = (AttributeWeights)(scratch.Parts[Index] ??= new AttributeWeights(most));
        weights.Clear();
        scratch.NumbersOf(this)[0] = prepare(scratch, weights);
    }

    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        double divisor = scratch.NumbersOf(this)[0];
        if (double.IsNaN(divisor))
        {
            target.Fill(double.NaN);
            return;
        }

        var weights = (AttributeWeights)scratch.Parts[Index]!;
        Span<double> result = scratch.Results(target.Lanes);
        ReadOnlySpan<long> words = scratch.BlockOf(titles).Words.Slice(
            attributes.Offset * LaneLoop.Block, TitleAttributesCell.WordCount * LaneLoop.Block);
        for (int lane = 0; lane < result.Length; lane++)
        {
            double sum = 0;
            int count = 0;
            for (int word = 0; word < TitleAttributesCell.WordCount; word++)
            {
                // Two hashes a word, the first one in the lower half; 0 ends them.
                ulong pair = (ulong)words[(word * LaneLoop.Block) + lane];
                if (pair == 0)
                {
                    break;
                }

                sum += weights.WeightOf((uint)pair);
                count++;
                if (pair >> 32 != 0)
                {
                    sum += weights.WeightOf((uint)(pair >> 32));
                    count++;
                }
            }

            result[lane] = count == 0 ? double.NaN : sum / (isMean ? divisor * count : divisor);
        }

        LaneLoop.Finish(result, target);
    }
}
