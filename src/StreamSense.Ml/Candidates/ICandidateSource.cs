using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates;

/// <summary>Proposes titles to choose from.</summary>
/// <remarks>
/// Thread-safe; allocates nothing per request; the same state and request give the same titles in the same order. A source proposes
/// what it believes in most first, each title once; what another source has proposed already is dropped by the caller.
/// </remarks>
public interface ICandidateSource
{
    /// <summary>Proposes titles.</summary>
    /// <param name="request">For whom, when and where.</param>
    /// <param name="destination">Room for the titles; the caller's memory.</param>
    /// <returns>How many titles were proposed, at most the room there is.</returns>
    int Retrieve(in CandidateRequest request, Span<TitleId> destination);
}
