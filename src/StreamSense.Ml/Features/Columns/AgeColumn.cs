using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>The time since an instant of the row: 0 for one in the future, missing for none.</summary>
/// <param name="place">The place of the word.</param>
/// <param name="unitMicroseconds">The unit.</param>
internal sealed class AgeColumn(Func<int> place, double unitMicroseconds) : Column
{
    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        ref long times = ref MemoryMarshal.GetReference(
            scratch.BlockOf(Table!).Words.Slice(place() * LaneLoop.Block, LaneLoop.Block));
        LaneLoop.Run(new AgeStep(ref times, scratch.Query.Time.UnixMicroseconds, 1 / unitMicroseconds), target);
    }

    /// <summary>Ages of instants in Unix microseconds.</summary>
    internal readonly ref struct AgeStep(ref long times, double now, double inverse) : ILaneStep
    {
        private readonly ref long _times = ref times;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T>
        {
            T time = T.Convert(ref _times, index);
            T age = T.All(now) - time;
            age = T.Choose(T.Less(age, T.All(0)), T.All(0), age);
            return T.Choose(T.Same(time, T.All(0)), T.All(double.NaN), age * T.All(inverse));
        }
    }
}
