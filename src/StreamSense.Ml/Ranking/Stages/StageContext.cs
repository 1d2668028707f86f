using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>What a stage knows of the ranking it works on.</summary>
/// <remarks>On the stack; not to be kept. All spans are by the candidate's place in the batch.</remarks>
public readonly ref struct StageContext
{
    /// <summary>The request.</summary>
    public RankContext Request { get; init; }

    /// <summary>All candidates, with their features.</summary>
    public CandidateBatch Batch { get; init; }

    /// <summary>Their catalogue rows.</summary>
    public ReadOnlySpan<CatalogueTitle> Rows { get; init; }

    /// <summary>Which sources proposed each: a bit for each place in <see cref="Sources"/>.</summary>
    public ReadOnlySpan<uint> ProposedBy { get; init; }

    /// <summary>The sources of the surface.</summary>
    public ReadOnlySpan<ICandidateSource> Sources { get; init; }

    /// <summary>How many titles will be shown.</summary>
    public int Slots => Request.Slots;

    /// <summary>Whether a source proposed a candidate.</summary>
    /// <param name="candidate">The candidate's place in the batch.</param>
    /// <param name="source">The source.</param>
    public bool IsFrom(int candidate, ICandidateSource source)
    {
        int place = Sources.IndexOf(source);
        return place >= 0 && (ProposedBy[candidate] & (1u << place)) != 0;
    }
}
