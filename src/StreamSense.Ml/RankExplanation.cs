using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>Why a title stands where it stands in an answer, or is missing there.</summary>
public sealed class RankExplanation
{
    /// <summary>The title.</summary>
    public required TitleId Title { get; init; }

    /// <summary>The model whose scores count.</summary>
    public required ModelInfo Model { get; init; }

    /// <summary>The sources that proposed it; empty if none did, or if the catalogue does not know it.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The filters that judged it, in order; after one that keeps it back come none.</summary>
    public ImmutableArray<FilterFinding> Filters { get; init; } = [];

    /// <summary>The score; null if it was not scored.</summary>
    public float? Score { get; init; }

    /// <summary>What a score begins with before any feature; null if the ranker does not say.</summary>
    public float? Intercept { get; init; }

    /// <summary>The features and what they added, in the order of the layout; empty if it was not scored.</summary>
    public ImmutableArray<FeatureContribution> Contributions { get; init; } = [];

    /// <summary>Where it stood after the policy and after each stage.</summary>
    public ImmutableArray<PlaceFinding> Places { get; init; } = [];

    /// <summary>The place at which it is shown, from 0; null if it is not.</summary>
    public int? Position { get; init; }
}
