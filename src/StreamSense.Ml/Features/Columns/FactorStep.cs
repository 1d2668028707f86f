using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>What fading sums are to be multiplied with, from their landmarks.</summary>
/// <remarks>Landmarks are whole half-lives: the part of one is the same for all rows of a query, and the rest goes into the
/// exponent.</remarks>
/// <param name="landmarks">The landmarks.</param>
/// <param name="whole">The whole half-lives of the query's time.</param>
/// <param name="part">The part of one behind them.</param>
internal readonly ref struct FactorStep(ref long landmarks, long whole, double part) : ILaneStep
{
    private readonly ref long _landmarks = ref landmarks;
    private readonly double _ofPart = part < 0 ? 2 * PowerOfTwo.Raise(-part - 1) : PowerOfTwo.Raise(-part);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Compute<T>(int index)
        where T : struct, ILanes<T>
    {
        // A moment before the newest contribution reads it as at most a half-life ahead.
        T ahead = T.Convert(ref _landmarks, index) - T.All(whole);
        T isAhead = T.Less(T.All(1), ahead - T.All(part));
        return T.Choose(isAhead, T.All(2), LaneMath.TimesPowerOfTwo(T.All(_ofPart), ahead));
    }
}
