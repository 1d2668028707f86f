namespace StreamSense.Ml;

/// <summary>What a recommender has done so far.</summary>
/// <remarks><c>Slots = DecisionsWritten + DecisionsLost + DecisionsWithheld</c> whenever no request is under way.</remarks>
/// <param name="Requests">Rankings made.</param>
/// <param name="EmptyRequests">Rankings that found no title to show.</param>
/// <param name="Slots">Titles ranked, over all rankings.</param>
/// <param name="DecisionsWritten">Decision events that their receiver took.</param>
/// <param name="DecisionsLost">Decision events that their receiver did not take because it was full or closed.</param>
/// <param name="DecisionsWithheld">Decisions not written because the viewer does not allow measurement, or because the host wants
/// none.</param>
public readonly record struct RecommenderTotals(
    long Requests,
    long EmptyRequests,
    long Slots,
    long DecisionsWritten,
    long DecisionsLost,
    long DecisionsWithheld)
{
    /// <summary>Candidates that a filter kept back; <see cref="Recommender.Filters"/> says which and why.</summary>
    public long Filtered { get; init; }

    /// <summary>Rankings that the decision log took.</summary>
    public long RankingsLogged { get; init; }

    /// <summary>Rankings that the decision log refused.</summary>
    public long RankingsRefused { get; init; }

    /// <summary>Rankings in which the ranker or the reader of features threw, and the order of the sources was shown instead.</summary>
    public long Fallbacks { get; init; }

    /// <summary>Sources, filters, policies, stages and logs that threw; a source or stage is left out of that ranking, a filter keeps all
    /// back, a policy is replaced by the greedy one.</summary>
    public long Failures { get; init; }
}
