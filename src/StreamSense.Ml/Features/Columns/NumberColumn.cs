using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>A number of the catalogue: some bits of a word, of which 0 says that there is none.</summary>
/// <param name="place">The place of the word.</param>
/// <param name="shift">Where the bits begin.</param>
/// <param name="mask">The bits.</param>
/// <param name="offset">What was added to the number.</param>
/// <param name="unit">What it is divided by.</param>
internal sealed class NumberColumn(Func<int> place, int shift, long mask, double offset, double unit) : Column
{
    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        ref long words = ref MemoryMarshal.GetReference(
            scratch.BlockOf(Table!).Words.Slice(place() * LaneLoop.Block, LaneLoop.Block));
        LaneLoop.Run(new NumberStep(ref words, shift, mask, offset, 1 / unit), target);
    }

    private readonly ref struct NumberStep(ref long words, int shift, long mask, double offset, double inverse) : ILaneStep
    {
        private readonly ref long _words = ref words;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T>
        {
            T number = T.ConvertPart(ref _words, index, shift, mask);
            T value = (number - T.All(offset)) * T.All(inverse);
            return T.Choose(T.Same(number, T.All(0)), T.All(double.NaN), value);
        }
    }
}
