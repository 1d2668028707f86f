namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>The retention of one cut of a title.</summary>
/// <param name="Edit">The version of the cut, by the catalogue; null where it named none.</param>
/// <param name="Curve">The curve.</param>
public sealed record EditRetention(string? Edit, RetentionCurve Curve);
