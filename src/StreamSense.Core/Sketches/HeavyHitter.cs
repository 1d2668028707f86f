namespace StreamSense.Core.Sketches;

/// <summary>A key of a <see cref="HeavyHitters"/> and between which bounds its true weight lies.</summary>
/// <param name="Key">The key.</param>
/// <param name="LowerBound">What its weight is at least.</param>
/// <param name="UpperBound">What its weight is at most.</param>
public readonly record struct HeavyHitter(ulong Key, long LowerBound, long UpperBound);
