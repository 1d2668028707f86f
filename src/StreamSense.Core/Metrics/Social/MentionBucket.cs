using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Social;

/// <summary>How many mentions were new in a stretch of time.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Mentions">How many.</param>
public readonly record struct MentionBucket(EventTime Start, long Mentions);
