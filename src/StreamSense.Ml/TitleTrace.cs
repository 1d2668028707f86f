using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>Follows one title through a ranking that nobody sees and notes what becomes of it.</summary>
/// <param name="title">The title.</param>
/// <param name="surface">The surface.</param>
/// <param name="failed">Takes what a ranker throws that is to explain itself.</param>
internal sealed class TitleTrace(TitleId title, Surface surface, Action<Exception> failed) : SlateTrace
{
    private readonly List<FilterFinding> _filters = [];
    private readonly List<PlaceFinding> _places = [];
    private ImmutableArray<FeatureContribution> _contributions = [];
    private uint _sources;
    private bool _isKeptBack;
    private float? _score;
    private float? _intercept;

    /// <inheritdoc/>
    public override bool IsShown => false;

    /// <inheritdoc/>
    public override void Retrieve(CandidateRoom candidates)
    {
        int place = candidates.Titles.IndexOf(title);
        _sources = place < 0 ? 0 : candidates.Sources[place];
    }

    /// <inheritdoc/>
    public override void Judge(ICandidateFilter filter, in CandidateRequest request, Catalogue catalogue)
    {
        if (_sources == 0 || _isKeptBack || catalogue.Find(title) is not { } row)
        {
            return;
        }

        var verdicts = new FilterVerdict[1];
        try
        {
            filter.Judge(request, [row], verdicts);
        }
        catch (Exception)
        {
            // The filter is asked again for all candidates, where what it throws is counted; nothing passes it.
            verdicts[0] = FilterVerdict.Unknown;
        }

        _isKeptBack = verdicts[0] != FilterVerdict.Allowed;
        _filters.Add(new FilterFinding(filter.Name, verdicts[0]));
    }

    /// <inheritdoc/>
    public override void Score(in RankContext context, in CandidateBatch batch, ReadOnlySpan<float> scores, ServedModel model)
    {
        int place = batch.Titles.IndexOf(title);
        if (place >= 0)
        {
            _score = scores[place];
            _intercept = (model.Ranker as IExplainingRanker)?.Intercept;
            _contributions = FeatureContribution.Of(model.Ranker, context, batch, place, failed);
        }
    }

    /// <inheritdoc/>
    public override void Place(string step, ReadOnlySpan<RankedCandidate> order)
    {
        int? place = null;
        for (int i = 0; i < order.Length && place is null; i++)
        {
            place = order[i].Title == title ? i : null;
        }

        _places.Add(new PlaceFinding(step, place));
    }

    /// <summary>Says what was noted.</summary>
    /// <param name="model">The model whose scores counted.</param>
    /// <param name="shown">How many titles are shown.</param>
    public RankExplanation Explain(ModelInfo model, int shown)
    {
        int? last = _places.Count == 0 ? null : _places[^1].Place;
        return new RankExplanation
        {
            Title = title,
            Model = model,
            Sources = surface.SourceNames(_sources),
            Filters = [.. _filters],
            Score = _score,
            Intercept = _intercept,
            Contributions = _contributions,
            Places = [.. _places],
            Position = last < shown ? last : null,
        };
    }
}
