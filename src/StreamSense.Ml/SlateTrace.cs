using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>Takes notes while a slate is made, for an explanation.</summary>
internal abstract class SlateTrace
{
    /// <summary>Whether the slate is made to be shown, and so counted; false if it is made only to be looked at.</summary>
    public abstract bool IsShown { get; }

    /// <summary>Notes what the sources proposed.</summary>
    public virtual void Retrieve(CandidateRoom candidates)
    {
    }

    /// <summary>Notes that a filter is about to judge.</summary>
    public virtual void Judge(ICandidateFilter filter, in CandidateRequest request, Catalogue catalogue)
    {
    }

    /// <summary>Notes the scores and what made them.</summary>
    public virtual void Score(in RankContext context, in CandidateBatch batch, ReadOnlySpan<float> scores, ServedModel model)
    {
    }

    /// <summary>Notes the order after the policy or a stage.</summary>
    public abstract void Place(string step, ReadOnlySpan<RankedCandidate> order);
}
