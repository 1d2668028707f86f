using System.Runtime.CompilerServices;

namespace StreamSense.Core.Sessions;

/// <summary>
/// The undecided time of one view, in at most <see cref="MaxSegments"/> runs; what comes beyond is added to the last run.
/// </summary>
internal struct PendingTime
{
    public const int MaxSegments = 8;

    public int Count;
    public Segments Items;

    public void Add(in PendingSegment segment)
    {
        if (Count > 0)
        {
            ref PendingSegment last = ref Items[Count - 1];
            if (last.Continues(segment) || Count == MaxSegments)
            {
                last.Length += segment.Length;
                last.Playable += segment.Playable;
                return;
            }
        }

        Items[Count++] = segment;
    }

    [InlineArray(MaxSegments)]
    public struct Segments
    {
        private PendingSegment _first;
    }
}
