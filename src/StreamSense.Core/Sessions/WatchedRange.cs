namespace StreamSense.Core.Sessions;

/// <summary>A run of content that a view played without a jump; positions in the content, in microseconds.</summary>
/// <param name="FromMicroseconds">Where it began.</param>
/// <param name="ToMicroseconds">Where it ended; not before the beginning.</param>
public readonly record struct WatchedRange(long FromMicroseconds, long ToMicroseconds);
