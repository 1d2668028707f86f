namespace StreamSense.Core.Metrics.Audience;

/// <summary>When episodes belong together, and when they are a binge.</summary>
internal readonly record struct BingeRule(TimeSpan Gap, int Episodes);
