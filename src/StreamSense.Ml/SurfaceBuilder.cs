using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Policies;
using StreamSense.Ml.Ranking.Stages;

namespace StreamSense.Ml;

/// <summary>Says how a surface ranks, in the order in which a request goes through it.</summary>
/// <remarks>Sources and a ranker are needed; without a policy the best by score are shown. Given by
/// <see cref="RecommenderBuilder.AddSurface(string, Action{SurfaceBuilder})"/>.</remarks>
public sealed class SurfaceBuilder
{
    /// <summary>How many sources a surface may have.</summary>
    public const int MaxSources = 32;

    /// <summary>How many shadow models a surface may have.</summary>
    public const int MaxShadows = 4;

    internal SurfaceBuilder(string name) => Name = name;

    internal string Name { get; }

    internal List<SourceSeat> Sources { get; } = [];

    internal List<ICandidateFilter> Filters { get; } = [new RightsFilter()];

    internal ModelSlot? Model { get; private set; }

    internal IRankingPolicy Policy { get; private set; } = GreedyPolicy.Instance;

    internal List<IRankingStage> Stages { get; } = [];

    internal List<ModelSlot> Shadows { get; } = [];

    /// <summary>Takes titles from sources, in the order in which they are given, each as many as there is room for.</summary>
    /// <param name="sources">The sources.</param>
    /// <returns>This builder.</returns>
    public SurfaceBuilder From(params ReadOnlySpan<ICandidateSource> sources)
    {
        foreach (ICandidateSource source in sources)
        {
            From(source, int.MaxValue);
        }

        return this;
    }

    /// <summary>Takes a number of titles from a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="atMost">How many it may propose.</param>
    /// <param name="name">What explanations call it; the name of its type unless given.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxSources"/> already.</exception>
    public SurfaceBuilder From(ICandidateSource source, int atMost, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        if (Sources.Count == MaxSources)
        {
            throw new InvalidOperationException($"A surface has at most {MaxSources} sources.");
        }

        Sources.Add(new SourceSeat(source, name ?? source.GetType().Name, atMost));
        return this;
    }

    /// <summary>Shows only what filters let through; the rights of a title are looked at before them.</summary>
    /// <param name="filters">The filters.</param>
    /// <returns>This builder.</returns>
    public SurfaceBuilder Where(params ReadOnlySpan<ICandidateFilter> filters)
    {
        foreach (ICandidateFilter filter in filters)
        {
            ArgumentNullException.ThrowIfNull(filter, nameof(filters));
            Filters.Add(filter);
        }

        return this;
    }

    /// <summary>Shows only what a rule lets through.</summary>
    /// <param name="name">The name under which refusals are counted.</param>
    /// <param name="rule">The rule.</param>
    /// <returns>This builder.</returns>
    public SurfaceBuilder Where(string name, TitleRule rule) => Where(new RuleFilter(name, rule));

    /// <summary>Scores by a ranker that stays.</summary>
    /// <param name="ranker">The ranker.</param>
    /// <returns>This builder.</returns>
    public SurfaceBuilder RankBy(IRanker ranker) => RankBy(new ModelSlot(ranker));

    /// <summary>Scores by the model in service at a place; the host puts newer ones there.</summary>
    /// <param name="model">The place.</param>
    /// <returns>This builder.</returns>
    public SurfaceBuilder RankBy(ModelSlot model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        return this;
    }

    /// <summary>Chooses by a policy instead of taking the best by score.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public SurfaceBuilder Choose(IRankingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Policy = policy;
        return this;
    }

    /// <summary>Reorders what was chosen; stages follow one another in the order in which they are given.</summary>
    /// <param name="stages">The stages.</param>
    /// <returns>This builder.</returns>
    public SurfaceBuilder Then(params ReadOnlySpan<IRankingStage> stages)
    {
        foreach (IRankingStage stage in stages)
        {
            ArgumentNullException.ThrowIfNull(stage, nameof(stages));
            Stages.Add(stage);
        }

        return this;
    }

    /// <summary>Lets a model score the same candidates without showing what it chooses; see <see cref="Recommender.Shadows"/>.</summary>
    /// <param name="model">The model's place.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxShadows"/> already.</exception>
    public SurfaceBuilder ShadowWith(ModelSlot model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (Shadows.Count == MaxShadows)
        {
            throw new InvalidOperationException($"A surface has at most {MaxShadows} shadow models.");
        }

        Shadows.Add(model);
        return this;
    }

    /// <summary>Lets a ranker score the same candidates without showing what it chooses.</summary>
    /// <param name="ranker">The ranker.</param>
    /// <returns>This builder.</returns>
    public SurfaceBuilder ShadowWith(IRanker ranker) => ShadowWith(new ModelSlot(ranker));
}
