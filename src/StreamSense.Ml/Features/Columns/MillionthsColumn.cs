using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>A sum in whole millionths: of all time, or of a window.</summary>
/// <param name="place">The place of the word, or of the window.</param>
/// <param name="isWindow">Which of them.</param>
internal sealed class MillionthsColumn(Func<int> place, bool isWindow) : Column
{
    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        LaneBlock block = scratch.BlockOf(Table!);
        Span<long> lanes = isWindow ? block.Sums : block.Words;
        var step = new ScaleStep(ref MemoryMarshal.GetReference(lanes.Slice(place() * LaneLoop.Block, LaneLoop.Block)));
        LaneLoop.Run(step, target);
    }

    private readonly ref struct ScaleStep(ref long sums) : ILaneStep
    {
        private readonly ref long _sums = ref sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T> => T.Convert(ref _sums, index) * T.All(1e-6);
    }
}
