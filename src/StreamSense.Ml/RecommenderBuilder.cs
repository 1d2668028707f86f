using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>Puts a <see cref="Recommender"/> together.</summary>
/// <remarks>One thread at a time; builds once. <see cref="Catalogue"/> and <see cref="Features"/> exist at once, for sources of one's
/// own.</remarks>
public sealed class RecommenderBuilder
{
    private readonly Dictionary<string, Surface> _surfaces = new(StringComparer.Ordinal);
    private Func<IEventReceiver>? _receivers;
    private bool _decisionsSettled;
    private bool _built;

    internal RecommenderBuilder(Vocabulary vocabulary, Pseudonymizer pseudonymizer, RecommenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        options.Validate();
        Vocabulary = vocabulary;
        Pseudonymizer = pseudonymizer;
        Options = options;
        Catalogue = new Catalogue(vocabulary, options.CatalogueCapacity);
        Features = new FeatureStore(Catalogue, options.Features);
    }

    /// <summary>The titles that may be recommended.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>What is remembered of titles and viewers.</summary>
    public FeatureStore Features { get; }

    internal Vocabulary Vocabulary { get; }

    internal Pseudonymizer Pseudonymizer { get; }

    internal RecommenderOptions Options { get; }

    /// <summary>Adds a surface.</summary>
    /// <param name="name">Its name, for example <c>home</c>.</param>
    /// <param name="ranker">What orders its titles; made for <see cref="FeatureVector.Layout"/>.</param>
    /// <param name="sources">Where its titles come from, in the order in which they are asked.</param>
    /// <returns>This builder.</returns>
    /// <remarks>Without any, <see cref="SurfaceNames"/> says which surfaces there are.</remarks>
    /// <exception cref="ArgumentException">The name is taken, there is no source, or the ranker reads another feature layout.</exception>
    public RecommenderBuilder AddSurface(string name, IRanker ranker, params ReadOnlySpan<ICandidateSource> sources)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(ranker);
        if (sources.IsEmpty)
        {
            throw new ArgumentException($"The surface {name} has no source of titles.", nameof(sources));
        }

        if (ranker.Layout.Hash != FeatureVector.Layout.Hash || ranker.Info.LayoutHash != FeatureVector.Layout.Hash)
        {
            throw new ArgumentException(
                $"The ranker {ranker.Info} reads the feature layout {ranker.Layout.Hash:x16}; "
                + $"there is only {FeatureVector.Layout.Hash:x16}.",
                nameof(ranker));
        }

        byte[] utf8Name = System.Text.Encoding.UTF8.GetBytes(name);
        var surface = new Surface(
            name,
            Pseudonymizer.Other(utf8Name),
            Vocabulary.Surfaces.Intern(utf8Name),
            Vocabulary.Terms.Intern(ranker.Info.ToString()),
            ranker,
            sources.ToArray());
        if (!_surfaces.TryAdd(name, surface))
        {
            throw new ArgumentException($"There is a surface {name} already.", nameof(name));
        }

        return this;
    }

    /// <summary>Writes a <c>decision</c> event for each slot of each ranking.</summary>
    /// <param name="receivers">
    /// Gives a receiver that one thread at a time uses, for example a pipeline's rented writer. Called once for each ranking that runs at
    /// the same time as others, at most <see cref="RecommenderOptions.MaxConcurrentRequests"/> times, first at the first ranking.
    /// Receivers that
    /// are disposable are disposed with the recommender. One that waits when it is full makes rankings wait.
    /// </param>
    /// <returns>This builder.</returns>
    public RecommenderBuilder WriteDecisionsTo(Func<IEventReceiver> receivers)
    {
        ArgumentNullException.ThrowIfNull(receivers);
        _receivers = receivers;
        _decisionsSettled = true;
        return this;
    }

    /// <summary>Writes no <c>decision</c> events: what was chosen cannot be joined with what came of it.</summary>
    /// <returns>This builder.</returns>
    public RecommenderBuilder WithoutDecisions()
    {
        _receivers = null;
        _decisionsSettled = true;
        return this;
    }

    /// <summary>Makes the recommender.</summary>
    /// <exception cref="InvalidOperationException">It was made already, or it was not said where decisions go.</exception>
    public Recommender Build()
    {
        if (_built || !_decisionsSettled)
        {
            throw new InvalidOperationException(
                _built ? "A builder builds once." : "Say where decisions go: WriteDecisionsTo, or WithoutDecisions.");
        }

        if (_surfaces.Count == 0)
        {
            AddStandardSurfaces();
        }

        _built = true;
        return new Recommender(this, _surfaces, _receivers);
    }

    private void AddStandardSurfaces()
    {
        var trending = new TrendingCandidates(Features, Catalogue, Options.Trending);
        var begun = new ContinueWatchingCandidates(Features, Catalogue);
        AddSurface(SurfaceNames.Home, new LinearRanker(StandardModels.Home, FeatureVector.Layout), begun, trending);
        AddSurface(SurfaceNames.Trending, new LinearRanker(StandardModels.Trending, FeatureVector.Layout), trending);
        AddSurface(SurfaceNames.ContinueWatching, new LinearRanker(StandardModels.ContinueWatching, FeatureVector.Layout), begun);
    }
}
