using System.Numerics;
using StreamSense.Core.Events;
using StreamSense.Ml.Features.Segments;

namespace StreamSense.Ml.Candidates.Audiences;

/// <summary>Counts together what the viewers of one segment play; a viewer of several belongs to all of them.</summary>
/// <remarks>The order of <see cref="ISegmentReader.Names"/> is the order in which their titles are proposed. A viewer who is in none, is
/// not known, or does not allow personalisation has no audience.</remarks>
/// <param name="segments">Knows who belongs to which segment.</param>
public sealed class SegmentAudience(ISegmentReader segments) : IAudience
{
    private readonly ISegmentReader _segments = segments ?? throw new ArgumentNullException(nameof(segments));

    /// <inheritdoc/>
    public int Find(ViewerId viewer, in EventContext dimensions, Span<int> audiences)
    {
        ulong left = viewer.IsNone ? 0 : _segments.SegmentsOf(viewer);
        int count = 0;
        while (left != 0)
        {
            audiences[count++] = BitOperations.TrailingZeroCount(left);
            left &= left - 1;
        }

        return count;
    }
}
