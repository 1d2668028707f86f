using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Training.Joins;

/// <summary>A past moment of which features are asked, without any ranking having been logged.</summary>
/// <param name="Query">For whom and as of when.</param>
/// <param name="Titles">The titles.</param>
public sealed record PointInTimeQuery(FeatureQuery Query, ImmutableArray<TitleId> Titles)
{
    /// <summary>An id to tell the answer by, and to join outcomes with.</summary>
    public RequestId Request { get; init; }

    /// <summary>The store's position, if moments are found by it.</summary>
    public long Position { get; init; }
}
