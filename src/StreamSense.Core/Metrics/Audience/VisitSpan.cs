namespace StreamSense.Core.Metrics.Audience;

/// <summary>A stretch of activity, in Unix microseconds; both ends belong to it.</summary>
internal readonly record struct VisitSpan(long Start, long End)
{
    public long Length => End - Start;
}
