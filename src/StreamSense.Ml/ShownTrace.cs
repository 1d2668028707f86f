using System.Collections.Immutable;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>Notes the way of every title of a slate that is shown.</summary>
/// <remarks>The candidates, features and scores are in the workspace when the slate is made; only the order between steps is not.</remarks>
/// <param name="surface">The surface.</param>
/// <param name="failed">Takes what a ranker throws that is to explain itself.</param>
internal sealed class ShownTrace(Surface surface, Action<Exception> failed) : SlateTrace
{
    private readonly List<(string Step, int[] Candidates)> _steps = [];

    /// <inheritdoc/>
    public override bool IsShown => true;

    /// <inheritdoc/>
    public override void Place(string step, ReadOnlySpan<RankedCandidate> order)
    {
        var candidates = new int[order.Length];
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = order[i].Candidate;
        }

        _steps.Add((step, candidates));
    }

    /// <summary>Says why each title of a slate stands where it stands.</summary>
    /// <param name="context">The request.</param>
    /// <param name="batch">The candidates and their features.</param>
    /// <param name="workspace">What the slate was made in.</param>
    /// <param name="model">The model whose scores counted.</param>
    /// <param name="shown">How many titles are shown.</param>
    public ImmutableArray<RankExplanation> Explain(
        in RankContext context, in CandidateBatch batch, RankWorkspace workspace, ServedModel model, int shown)
    {
        // What is shown has passed every filter; a filter that throws lets nothing pass.
        ImmutableArray<FilterFinding> filters =
            [.. surface.Filters.Select(seat => new FilterFinding(seat.Filter.Name, FilterVerdict.Allowed))];
        var explanations = ImmutableArray.CreateBuilder<RankExplanation>(shown);
        for (int position = 0; position < shown; position++)
        {
            int candidate = workspace.Order[position].Candidate;
            explanations.Add(new RankExplanation
            {
                Title = workspace.Order[position].Title,
                Model = model.Info,
                Sources = surface.SourceNames(workspace.Candidates.Sources[candidate]),
                Filters = filters,
                Score = workspace.Scores[candidate],
                Intercept = (model.Ranker as IExplainingRanker)?.Intercept,
                Contributions = FeatureContribution.Of(model.Ranker, context, batch, candidate, failed),
                Places = [.. _steps.Select(step => new PlaceFinding(step.Step, PlaceIn(step.Candidates, candidate)))],
                Position = position,
            });
        }

        return explanations.MoveToImmutable();
    }

    private static int? PlaceIn(int[] order, int candidate) => Array.IndexOf(order, candidate) is >= 0 and int place ? place : null;
}
