using System.Runtime.InteropServices;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>How many of one thing there are for each of another, smoothed by the ratio over everything.</summary>
internal sealed class RateColumn(FadingSums sums, int of, int among, SumOfEverything ofAll, SumOfEverything amongAll, RateRule rule)
    : Column
{
    /// <inheritdoc/>
    public override void Prepare(FillScratch scratch)
    {
        // The prior: so many, among so many.
        double numerator = ofAll.Read(scratch);
        double denominator = amongAll.Read(scratch);
        Span<double> numbers = scratch.NumbersOf(this);
        numbers[0] = numerator > 0 ? rule.PriorWeight : 0;
        numbers[1] = numerator > 0 ? rule.PriorWeight * denominator / numerator : 0;
    }

    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        LaneBlock block = scratch.BlockOf(Table!);
        ref double n = ref MemoryMarshal.GetReference(FadingColumn.SumsOf(block, sums, of));
        ref double d = ref MemoryMarshal.GetReference(FadingColumn.SumsOf(block, sums, among));
        ref double factors = ref MemoryMarshal.GetReference(FadingColumn.FactorsOf(block, sums));
        Span<double> numbers = scratch.NumbersOf(this);
        if (rule.Bound == RateBound.None)
        {
            LaneLoop.Run(new RateStep(ref n, ref d, ref factors, numbers[0], numbers[1]), target);
        }
        else
        {
            double sign = rule.Bound is RateBound.WilsonLower or RateBound.BetaLower ? -rule.Deviations : rule.Deviations;
            bool isWilson = rule.Bound is RateBound.WilsonLower or RateBound.WilsonUpper;
            var step = new BoundStep(ref n, ref d, ref factors, numbers[0], numbers[1], sign, isWilson);
            LaneLoop.Run(step, target);
        }
    }
}
