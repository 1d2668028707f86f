using System.Runtime.CompilerServices;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>What fading sums are to be multiplied with, from their landmarks.</summary>
/// <remarks>Landmarks are whole half-lives: the part of one is the same for all rows of a query, and the rest goes into the
/// exponent.</remarks>
/// <param name="landmarks">The landmarks.</param>
/// <param name="now">The query's time in half-lives.</param>
internal readonly ref struct FactorStep(ref long landmarks, FadingAge now) : ILaneStep
{
    private readonly ref long _landmarks = ref landmarks;
    private readonly double _whole = now.Whole;
    private readonly double _part = now.Part;
    private readonly double _ofPart = now.FactorOfPart;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Compute<T>(int index)
        where T : struct, ILanes<T>
    {
        // A moment before the newest contribution reads it as at most a half-life ahead.
        T ahead = T.Convert(ref _landmarks, index) - T.All(_whole);
        T isAhead = T.Less(T.All(1), ahead - T.All(_part));
        return T.Choose(isAhead, T.All(2), LaneMath.TimesPowerOfTwo(T.All(_ofPart), ahead));
    }
}
