using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Which segment of the audience a viewer belongs to, by the host's own rules.</summary>
/// <remarks>Called by the shard's thread for each session that closes: it answers from memory, and throws only for defects.</remarks>
public interface IViewerSegments
{
    /// <summary>The segment of a viewer.</summary>
    /// <param name="viewer">The viewer; none if it is not known.</param>
    /// <param name="time">When the attempt began.</param>
    /// <returns>A symbol of <see cref="Vocabulary.Terms"/>; <see cref="Symbol.None"/> if there is none.</returns>
    Symbol SegmentOf(ViewerId viewer, EventTime time);
}
