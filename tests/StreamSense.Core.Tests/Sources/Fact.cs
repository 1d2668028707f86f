namespace StreamSense.Core.Tests.Sources;

/// <summary>Something that happened in a view.</summary>
/// <param name="At">True time, in milliseconds since the evening began.</param>
/// <param name="Kind">What.</param>
/// <param name="Playhead">Where in the content, in milliseconds.</param>
/// <param name="Kbps">The bitrate in force.</param>
/// <param name="IsFirst">Of segments: whether it is the first.</param>
/// <param name="IsStarved">Of segments: whether it was asked for after a stall.</param>
internal readonly record struct Fact(long At, FactKind Kind, long Playhead, int Kbps, bool IsFirst = false, bool IsStarved = false)
{
    public const int SegmentMs = 4000;

    /// <summary>Of segments: how large.</summary>
    public long Bytes => Kbps * (long)SegmentMs / 8;
}
