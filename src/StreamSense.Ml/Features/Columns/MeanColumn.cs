using System.Runtime.InteropServices;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>A fading mean, drawn to the mean over everything.</summary>
internal sealed class MeanColumn(
    FadingSums sums, int total, int count, SumOfEverything totalOfAll, SumOfEverything countOfAll, double priorWeight) : Column
{
    /// <inheritdoc/>
    public override void Prepare(FillScratch scratch)
    {
        double seen = countOfAll.Read(scratch);
        scratch.NumbersOf(this)[0] = seen > 0 ? priorWeight * totalOfAll.Read(scratch) / seen : double.NaN;
    }

    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        LaneBlock block = scratch.BlockOf(Table!);
        var step = new RateStep(
            ref MemoryMarshal.GetReference(FadingColumn.SumsOf(block, sums, total)),
            ref MemoryMarshal.GetReference(FadingColumn.SumsOf(block, sums, count)),
            ref MemoryMarshal.GetReference(FadingColumn.FactorsOf(block, sums)),
            scratch.NumbersOf(this)[0],
            priorWeight);
        LaneLoop.Run(step, target);
    }
}
