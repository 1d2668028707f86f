using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Says which candidates may be shown at all.</summary>
/// <remarks>
/// Thread-safe; allocates nothing per request; the same state and request give the same verdicts. A filter fails closed: what it cannot
/// decide is <see cref="FilterVerdict.Unknown"/>, and counted apart from what it refuses.
/// </remarks>
public interface ICandidateFilter
{
    /// <summary>The name under which refusals are counted, for example <c>maturity</c>.</summary>
    string Name { get; }

    /// <summary>Judges candidates.</summary>
    /// <param name="request">For whom, when and where.</param>
    /// <param name="titles">The candidates.</param>
    /// <param name="verdicts">One a candidate; all <see cref="FilterVerdict.Allowed"/> before the call.</param>
    void Judge(in CandidateRequest request, ReadOnlySpan<CatalogueTitle> titles, Span<FilterVerdict> verdicts);
}
