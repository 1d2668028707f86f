using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Bounds of a ratio, see <see cref="Rules.RateBound"/>.</summary>
internal readonly ref struct BoundStep(
    ref double n, ref double d, ref double factors, double priorOf, double priorAmong, double deviations, bool isWilson) : ILaneStep
{
    private readonly ref double _n = ref n;
    private readonly ref double _d = ref d;
    private readonly ref double _factors = ref factors;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Compute<T>(int index)
        where T : struct, ILanes<T>
    {
        T factor = T.Load(ref _factors, index);
        T of = T.Load(ref _n, index) * factor;
        T among = T.Load(ref _d, index) * factor;
        return isWilson ? Wilson(of, among) : Beta(of + T.All(priorOf), among + T.All(priorAmong));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Hold<T>(T value)
        where T : struct, ILanes<T>
    {
        value = T.Choose(T.Less(value, T.All(0)), T.All(0), value);
        return T.Choose(T.Less(T.All(1), value), T.All(1), value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Wilson<T>(T of, T among)
        where T : struct, ILanes<T>
    {
        T square = T.All(deviations * deviations) / among;
        T share = Hold(of / among);
        T spread = ((share * (T.All(1) - share)) + (square * T.All(0.25))) / among;
        T bound = share + (square * T.All(0.5)) + (T.All(deviations) * T.Root(spread));
        return T.Choose(T.Less(T.All(0), among), Hold(bound / (T.All(1) + square)), T.All(deviations < 0 ? 0 : 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Beta<T>(T of, T among)
        where T : struct, ILanes<T>
    {
        // The variance of Beta(a, b) is ab / ((a + b)² (a + b + 1)): with the mean m, m (1 - m) / (a + b + 1).
        T mean = Hold(of / among);
        T spread = mean * (T.All(1) - mean) / (among + T.All(1));
        return Hold(mean + (T.All(deviations) * T.Root(spread)));
    }
}
