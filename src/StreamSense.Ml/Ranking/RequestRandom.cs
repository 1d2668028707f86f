using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking;

/// <summary>Lots drawn for one request: the same request draws the same ones, in service and in a replay.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). A value type: pass it by
/// reference. Not for secrets.</remarks>
public struct RequestRandom
{
    private ulong _state;

    /// <summary>Begins the lots of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="purpose">What they are drawn for, so that two users of one request do not draw the same ones.</param>
    public RequestRandom(RequestId request, ulong purpose) =>
        _state = SplitMixStep.Mix(request.Value ^ SplitMixStep.Mix(purpose + SplitMixStep.Gamma));

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => SplitMixStep.Next(ref _state);

    /// <summary>A number from 0 (inclusive) to 1 (exclusive), in steps of 2^-53.</summary>
    public double NextUnit() => SplitMixStep.UnitOf(NextBits());

    /// <summary>A whole number from 0 (inclusive) to a bound (exclusive).</summary>
    /// <remarks>By the high half of a product: off by at most one part in 2^32 from uniform.</remarks>
    /// <param name="below">The bound.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int Next(int below)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        return SplitMixStep.Below(NextBits(), below);
    }
}
