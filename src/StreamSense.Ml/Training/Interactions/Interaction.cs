using StreamSense.Core.Events;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>One user and one item: a play, a rating, a thumb.</summary>
/// <param name="User">The user's number, from 0.</param>
/// <param name="Item">The item's number, from 0.</param>
/// <param name="Value">The rating, or 1 where there is none.</param>
/// <param name="Time">When.</param>
public readonly record struct Interaction(int User, int Item, float Value, EventTime Time);
