using System.Collections.Immutable;
using System.Numerics;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>Follows one title through a ranking and notes what becomes of it.</summary>
/// <param name="title">The title.</param>
/// <param name="surface">The surface.</param>
internal sealed class SlateTrace(TitleId title, Surface surface)
{
    private readonly List<FilterFinding> _filters = [];
    private readonly List<FeatureContribution> _contributions = [];
    private readonly List<PlaceFinding> _places = [];
    private uint _sources;
    private bool _isKeptBack;
    private float? _score;
    private float? _intercept;

    /// <summary>Notes which sources proposed the title.</summary>
    public void Retrieve(CandidateRoom candidates)
    {
        int place = candidates.Titles.IndexOf(title);
        _sources = place < 0 ? 0 : candidates.Sources[place];
    }

    /// <summary>Notes what a filter says of the title.</summary>
    public void Judge(ICandidateFilter filter, in CandidateRequest request, Catalogue catalogue)
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

    /// <summary>Notes the score and what made it.</summary>
    public void Score(in RankContext context, in CandidateBatch batch, ReadOnlySpan<float> scores, ServedModel model)
    {
        int place = batch.Titles.IndexOf(title);
        if (place < 0)
        {
            return;
        }

        _score = scores[place];
        var added = new float[batch.Layout.Count];
        var explaining = model.Ranker as IExplainingRanker;
        explaining?.Explain(context, batch, place, added);
        _intercept = explaining?.Intercept;
        for (int column = 0; column < added.Length; column++)
        {
            _contributions.Add(new FeatureContribution(
                batch.Layout.Features[column].Name, batch.Column(column)[place], explaining is null ? null : added[column]));
        }
    }

    /// <summary>Notes where the title stands.</summary>
    public void Place(string step, ReadOnlySpan<RankedCandidate> order)
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
        var sources = ImmutableArray.CreateBuilder<string>();
        for (uint left = _sources; left != 0; left &= left - 1)
        {
            sources.Add(surface.Sources[BitOperations.TrailingZeroCount(left)].Name);
        }

        return new RankExplanation
        {
            Title = title,
            Model = model,
            Sources = sources.ToImmutable(),
            Filters = [.. _filters],
            Score = _score,
            Intercept = _intercept,
            Contributions = [.. _contributions],
            Places = [.. _places],
            Position = last < shown ? last : null,
        };
    }
}
