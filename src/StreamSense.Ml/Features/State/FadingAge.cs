namespace StreamSense.Ml.Features.State;

/// <summary>A moment in half-lives, and what a sum is to be multiplied with whose landmark is the whole of them.</summary>
/// <param name="Whole">The whole half-lives.</param>
/// <param name="Part">The part of one behind them.</param>
/// <param name="FactorOfPart">2 to the power of the part less than nothing.</param>
internal readonly record struct FadingAge(long Whole, double Part, double FactorOfPart);
