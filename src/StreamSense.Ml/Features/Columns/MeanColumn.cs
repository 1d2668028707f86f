using System.Runtime.CompilerServices;
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
        var step = new MeanStep(
            ref MemoryMarshal.GetReference(FadingColumn.SumsOf(block, sums, total)),
            ref MemoryMarshal.GetReference(FadingColumn.SumsOf(block, sums, count)),
            ref MemoryMarshal.GetReference(FadingColumn.FactorsOf(block, sums)),
            scratch.NumbersOf(this)[0],
            priorWeight);
        LaneLoop.Run(step, target);
    }

    private readonly ref struct MeanStep(ref double total, ref double count, ref double factors, double prior, double weight) : ILaneStep
    {
        private readonly ref double _total = ref total;
        private readonly ref double _count = ref count;
        private readonly ref double _factors = ref factors;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T>
        {
            T factor = T.Load(ref _factors, index);
            T sum = T.All(prior) + (T.Load(ref _total, index) * factor);
            return sum / (T.All(weight) + (T.Load(ref _count, index) * factor));
        }
    }
}
