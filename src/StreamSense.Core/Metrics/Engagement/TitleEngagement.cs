namespace StreamSense.Core.Metrics.Engagement;

/// <summary>What the ended plays of a title watched.</summary>
/// <param name="Title">The title; null where the plays named none.</param>
/// <param name="Figures">The figures.</param>
public sealed record TitleEngagement(string? Title, EngagementFigures Figures);
