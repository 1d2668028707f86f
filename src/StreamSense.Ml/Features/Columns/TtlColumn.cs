using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>A column that is missing where its last signal is too long ago.</summary>
internal sealed class TtlColumn(Column column, TablePlan table, TimeCell last, TimeSpan ttl) : Column
{
    private readonly long _ttlMicroseconds = (long)ttl.TotalMicroseconds;

    /// <inheritdoc/>
    public override bool IsConstant => column.IsConstant;

    /// <inheritdoc/>
    public override void Prepare(FillScratch scratch) => column.Prepare(scratch);

    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        column.Compute(scratch, target);
        ref long times = ref MemoryMarshal.GetReference(
            scratch.BlockOf(table).Words.Slice(last.Offset * LaneLoop.Block, LaneLoop.Block));
        double oldest = scratch.Query.Time.UnixMicroseconds - _ttlMicroseconds;
        LaneLoop.Run(new TtlStep(ref MemoryMarshal.GetReference(target.Column), ref times, oldest), target);
    }

    // What the column says already stays, and is missing where it is too old.
    private readonly ref struct TtlStep(ref float values, ref long times, double oldest) : ILaneStep
    {
        private readonly ref float _values = ref values;
        private readonly ref long _times = ref times;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T> =>
            T.Choose(T.Less(T.Convert(ref _times, index), T.All(oldest)), T.All(double.NaN), T.LoadSingle(ref _values, index));
    }
}
