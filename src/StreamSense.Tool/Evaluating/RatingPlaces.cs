namespace StreamSense.Tool.Evaluating;

/// <summary>Where in a row what stands, from 0; -1 for nowhere.</summary>
/// <param name="Separator">What stands between cells; a space means any number of them.</param>
/// <param name="Header">Whether the first line is none of the rows.</param>
/// <param name="User">The user.</param>
/// <param name="Item">The item.</param>
/// <param name="Value">The rating.</param>
/// <param name="Time">The time.</param>
internal sealed record RatingPlaces(string Separator, bool Header, int User, int Item, int Value, int Time);
