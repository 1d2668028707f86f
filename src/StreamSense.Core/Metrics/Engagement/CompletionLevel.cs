namespace StreamSense.Core.Metrics.Engagement;

/// <summary>How many plays watched a share of their title or more.</summary>
/// <param name="Share">The share of the title, replays counted once.</param>
/// <param name="Plays">Ended plays that came so far.</param>
/// <param name="Rate">Their share of the ended plays of known length, live excluded; null where there are none.</param>
public readonly record struct CompletionLevel(double Share, long Plays, double? Rate);
