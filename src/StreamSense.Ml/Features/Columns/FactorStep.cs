using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>What fading sums are to be multiplied with, from their landmarks.</summary>
internal readonly ref struct FactorStep(ref long landmarks, long whole, double part) : ILaneStep
{
    private readonly ref long _landmarks = ref landmarks;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Compute<T>(int index)
        where T : struct, ILanes<T>
    {
        // A moment before the newest contribution reads it as at most a half-life ahead.
        T age = T.All(whole) - T.Convert(ref _landmarks, index) + T.All(part);
        age = T.Choose(T.Less(age, T.All(-1)), T.All(-1), age);
        return LaneMath.PowerOfTwo(T.All(0) - age);
    }
}
