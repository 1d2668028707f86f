using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Cubes;

namespace StreamSense.Ml.Features.Segments;

/// <summary>Segments as a dimension of a cube of metrics: tells the cube in which of them a viewer is.</summary>
/// <remarks>
/// A session stands in one cell of a dimension, so the segments should exclude one another (those of recency, frequency and money, or
/// clusters); of a viewer in several the one named first counts. Thread-safe.
/// </remarks>
public sealed class SegmentDimension : IViewerSegments
{
    private readonly ISegmentReader _segments;
    private readonly (ulong Bit, Symbol Name)[] _named;

    /// <summary>Makes a dimension of some segments.</summary>
    /// <param name="segments">Knows who is in which.</param>
    /// <param name="vocabulary">The pipeline's names.</param>
    /// <param name="names">The segments, in the order in which they count; none for all of them.</param>
    /// <exception cref="ArgumentException">There is no such segment.</exception>
    public SegmentDimension(ISegmentReader segments, Vocabulary vocabulary, params ReadOnlySpan<string> names)
    {
        ArgumentNullException.ThrowIfNull(segments);
        ArgumentNullException.ThrowIfNull(vocabulary);
        _segments = segments;
        ReadOnlySpan<string> chosen = names.IsEmpty ? segments.Names.AsSpan() : names;
        _named = new (ulong, Symbol)[chosen.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            int bit = segments.Names.IndexOf(chosen[i]);
            if (bit < 0)
            {
                throw new ArgumentException($"There is no segment {chosen[i]}.", nameof(names));
            }

            _named[i] = (1UL << bit, vocabulary.Terms.Intern(System.Text.Encoding.UTF8.GetBytes(chosen[i])));
        }
    }

    /// <inheritdoc/>
    public Symbol SegmentOf(ViewerId viewer, EventTime time)
    {
        ulong segments = _segments.SegmentsOf(viewer);
        foreach ((ulong bit, Symbol name) in _named)
        {
            if ((segments & bit) != 0)
            {
                return name;
            }
        }

        return Symbol.None;
    }
}
