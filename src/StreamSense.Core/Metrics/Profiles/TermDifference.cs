namespace StreamSense.Core.Metrics.Profiles;

/// <summary>A term that two formulas count differently, and what that makes of their values.</summary>
/// <param name="Term">The term.</param>
/// <param name="Side">Where it stands.</param>
/// <param name="FirstWeight">How many times the first formula counts it.</param>
/// <param name="SecondWeight">How many times the second one does.</param>
/// <param name="Amount">
/// What the second formula has more of on that side, in the unit of the term, the weights applied. The amounts of a side add up to the
/// difference of the two sides.
/// </param>
/// <param name="Effect">
/// What changing this term alone does to the value, when the terms are changed one after the other in the order of the list, from the
/// first formula to the second. The effects add up to the difference of the values; null where that has none, or where a step on the
/// way has no denominator.
/// </param>
public sealed record TermDifference(
    ProfileTerm Term, TermSide Side, int FirstWeight, int SecondWeight, double Amount, double? Effect);
