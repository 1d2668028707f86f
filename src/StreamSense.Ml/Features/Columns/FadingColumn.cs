using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>A fading sum.</summary>
internal sealed class FadingColumn(FadingSums sums, int place) : Column
{
    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        LaneBlock block = scratch.BlockOf(Table!);
        var step = new ProductStep(
            ref MemoryMarshal.GetReference(SumsOf(block, sums, place)),
            ref MemoryMarshal.GetReference(FactorsOf(block, sums)));
        LaneLoop.Run(step, target);
    }

    /// <summary>The stored sums of a block.</summary>
    public static Span<double> SumsOf(LaneBlock block, FadingSums sums, int place) =>
        MemoryMarshal.Cast<long, double>(block.Words.Slice((sums.Offset + place) * LaneLoop.Block, LaneLoop.Block));

    /// <summary>What they are to be multiplied with.</summary>
    public static Span<double> FactorsOf(LaneBlock block, FadingSums sums) =>
        block.Factors.Slice(sums.Place * LaneLoop.Block, LaneLoop.Block);

    private readonly ref struct ProductStep(ref double left, ref double right) : ILaneStep
    {
        private readonly ref double _left = ref left;
        private readonly ref double _right = ref right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T> => T.Load(ref _left, index) * T.Load(ref _right, index);
    }
}
