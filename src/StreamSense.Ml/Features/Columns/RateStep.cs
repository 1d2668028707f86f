using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>A fading sum by another, each with a prior: <c>(priorOf + of × factor) ÷ (priorAmong + among × factor)</c>.</summary>
internal readonly ref struct RateStep(ref double of, ref double among, ref double factors, double priorOf, double priorAmong) : ILaneStep
{
    private readonly ref double _of = ref of;
    private readonly ref double _among = ref among;
    private readonly ref double _factors = ref factors;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Compute<T>(int index)
        where T : struct, ILanes<T>
    {
        T factor = T.Load(ref _factors, index);
        T numerator = T.All(priorOf) + (T.Load(ref _of, index) * factor);
        return numerator / (T.All(priorAmong) + (T.Load(ref _among, index) * factor));
    }
}
