using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>How fresh a title is: 1 when published, half of it a half-life later, and so on.</summary>
/// <param name="place">The place of the word that tells when.</param>
/// <param name="halfLifeMicroseconds">The half-life.</param>
internal sealed class FreshnessColumn(Func<int> place, double halfLifeMicroseconds) : Column
{
    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        ref long times = ref MemoryMarshal.GetReference(
            scratch.BlockOf(Table!).Words.Slice(place() * LaneLoop.Block, LaneLoop.Block));
        LaneLoop.Run(new FadeStep(ref times, scratch.Query.Time.UnixMicroseconds, 1 / halfLifeMicroseconds), target);
    }

    private readonly ref struct FadeStep(ref long times, double now, double inverse) : ILaneStep
    {
        private readonly ref long _times = ref times;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T>
        {
            var ages = new AgeColumn.AgeStep(ref _times, now, inverse);
            return LaneMath.PowerOfTwo(T.All(0) - ages.Compute<T>(index));
        }
    }
}
