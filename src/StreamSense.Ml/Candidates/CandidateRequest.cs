using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>For whom, when and where candidates are wanted.</summary>
/// <param name="Features">The viewer, the consent and the event time.</param>
/// <param name="Country">The country, or none.</param>
public readonly record struct CandidateRequest(FeatureQuery Features, Symbol Country)
{
    /// <summary>The ranking request, from which a source that draws lots draws them; none if there is none.</summary>
    public RequestId Request { get; init; }

    /// <summary>The highest age that a title may be rated for, in years; null for no limit.</summary>
    public int? MaxAge { get; init; }

    /// <summary>Whether a child asks, whatever the viewer's profile says.</summary>
    public bool Kids { get; init; }
}
