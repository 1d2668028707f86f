using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>A sum in which every contribution fades with its age.</summary>
/// <remarks>
/// Holds the value and the time it stands for, so that fading is computed once, when it is read, and two sums merge. It is the one sum of
/// the SDK that cannot be an integer: merging commutes to the bit and is associative within rounding (about 1 part in 10^15 a step).
/// Because all sums of one half-life fade alike, their order changes only when something is added. Unmanaged, not synchronised.
/// </remarks>
public struct DecayedSum
{
    /// <summary>The sum as it was at <see cref="At"/>.</summary>
    public double Value;

    /// <summary>The latest time of a contribution.</summary>
    public EventTime At;

    /// <summary>Adds a contribution; one that comes late counts as much as if it had come in time.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="halfLife">How fast it fades; the same in every call.</param>
    public void Add(double amount, EventTime time, HalfLife halfLife) =>
        this = Merge(this, new DecayedSum { Value = amount, At = time }, halfLife);

    /// <summary>The sum at a time.</summary>
    /// <param name="now">The time; one before <see cref="At"/> reads as <see cref="At"/>.</param>
    /// <param name="halfLife">The half-life the sum was made with.</param>
    public readonly double ValueAt(EventTime now, HalfLife halfLife) =>
        Value == 0 ? 0 : Value * halfLife.WeightAt(At, now);

    /// <summary>The sum of the contributions of both.</summary>
    /// <param name="left">One sum.</param>
    /// <param name="right">The other.</param>
    /// <param name="halfLife">The half-life both were made with.</param>
    public static DecayedSum Merge(in DecayedSum left, in DecayedSum right, HalfLife halfLife)
    {
        EventTime later = left.At >= right.At ? left.At : right.At;
        return new DecayedSum { Value = left.ValueAt(later, halfLife) + right.ValueAt(later, halfLife), At = later };
    }
}
