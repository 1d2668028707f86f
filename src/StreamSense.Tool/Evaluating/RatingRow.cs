using StreamSense.Core.Events;

namespace StreamSense.Tool.Evaluating;

/// <summary>One rating, or one play.</summary>
/// <param name="User">The user's number.</param>
/// <param name="Item">The item's number, in the order in which items were met.</param>
/// <param name="Value">The rating as given.</param>
/// <param name="Level">The rating from 0 to 1, where its scale is told; else NaN.</param>
/// <param name="Time">When.</param>
/// <param name="IsPlay">Whether it is a play, which has no rating.</param>
internal readonly record struct RatingRow(int User, int Item, float Value, float Level, EventTime Time, bool IsPlay);
