namespace StreamSense.Ml.Features.Segments;

/// <summary>The segments of one viewer: a row of a <see cref="SegmentTable"/>.</summary>
internal struct SegmentRow
{
    /// <summary>A bit a segment.</summary>
    public ulong Segments;
}
