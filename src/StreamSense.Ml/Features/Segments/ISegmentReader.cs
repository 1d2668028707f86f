using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Segments;

/// <summary>Knows which segments of the audience a viewer belongs to.</summary>
/// <remarks>Read by any number of threads while memberships change beneath; takes no lock and allocates nothing.</remarks>
public interface ISegmentReader
{
    /// <summary>The most segments that there can be: one bit each.</summary>
    const int MaxSegments = 64;

    /// <summary>The names of the segments; a name's place is its bit.</summary>
    ImmutableArray<string> Names { get; }

    /// <summary>The segments of a viewer.</summary>
    /// <param name="viewer">The viewer; none if unknown.</param>
    /// <returns>A bit for each segment, the lowest for the first name; 0 for a viewer who is in none or is not known.</returns>
    ulong SegmentsOf(ViewerId viewer);
}
