namespace StreamSense.Core.Metrics.Audience;

/// <summary>When episodes belong together, and when they are a binge.</summary>
internal readonly record struct BingeBounds(TimeSpan Gap, int Episodes);
