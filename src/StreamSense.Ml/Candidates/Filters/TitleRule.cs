using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>A rule of the host on what may be shown.</summary>
/// <remarks>Called by many request threads at once, once for each candidate; allocates nothing.</remarks>
/// <param name="request">For whom, when and where.</param>
/// <param name="title">The candidate.</param>
/// <returns>Whether it may be shown.</returns>
public delegate bool TitleRule(in CandidateRequest request, CatalogueTitle title);
