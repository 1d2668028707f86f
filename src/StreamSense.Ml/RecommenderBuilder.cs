using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml;

/// <summary>Puts a <see cref="Recommender"/> together.</summary>
/// <remarks>
/// One thread at a time; builds once. <see cref="Catalogue"/> and <see cref="History"/> exist at once, for sources of one's own. Unless
/// <c>ReadFeatures</c> says otherwise, an engine of the recommender keeps <see cref="StandardFeatures.Basic"/>.
/// </remarks>
public sealed class RecommenderBuilder
{
    private readonly Dictionary<string, Surface> _surfaces = new(StringComparer.Ordinal);
    private readonly List<object> _alsoFed = [];
    private IFeatureReader? _reader;
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
        History = new WatchHistory(Catalogue, options.History);
    }

    /// <summary>The titles that may be recommended.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>What viewers watched last: what <see cref="ContinueWatchingCandidates"/> and others go by.</summary>
    public WatchHistory History { get; }

    /// <summary>Which features rankers read: those of <see cref="StandardFeatures.Basic"/> until <c>ReadFeatures</c> says
    /// otherwise.</summary>
    public FeatureLayout Layout => _reader?.Layout ?? StandardFeatures.Basic.Layout;

    internal Vocabulary Vocabulary { get; }

    internal Pseudonymizer Pseudonymizer { get; }

    internal RecommenderOptions Options { get; }

    internal Func<IEventReceiver>? Receivers { get; private set; }

    internal IDecisionLog? DecisionLog { get; private set; }

    internal FeatureEngine? OwnEngine { get; private set; }

    /// <summary>Reads features from something of the host's; rankers are then made for that layout.</summary>
    /// <param name="reader">The reader. If it takes events or facts of views, the recommender hands on those that it gets.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">There is a surface already.</exception>
    public RecommenderBuilder ReadFeatures(IFeatureReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (_surfaces.Count > 0)
        {
            throw new InvalidOperationException("Say where features are read before the surfaces, whose rankers go by them.");
        }

        _reader = reader;
        return this;
    }

    /// <summary>Has the rankers read declared features, which the recommender keeps from what it is given.</summary>
    /// <remarks>Events, facts of views, and sessions: a host that wants all features hands it all three.</remarks>
    /// <param name="features">The features, for example <see cref="StandardFeatures.Streaming"/> and one's own beside it.</param>
    /// <param name="options">The bounds of what is kept; null for <see cref="RecommenderOptions.Features"/>.</param>
    /// <param name="segments">Who knows the segments of viewers; null for nobody.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">There are surfaces already, or features were declared already.</exception>
    public RecommenderBuilder ReadFeatures(FeatureSet features, FeatureEngineOptions? options = null, ISegmentReader? segments = null)
    {
        if (OwnEngine is not null)
        {
            throw new InvalidOperationException("Features are declared once; a set may hold as many as one likes.");
        }

        var engine = new FeatureEngine(features, Catalogue, Vocabulary, options ?? Options.Features, segments);
        try
        {
            ReadFeatures(engine);
        }
        catch
        {
            engine.Dispose();
            throw;
        }

        OwnEngine = engine;
        return this;
    }

    /// <summary>Hands the events that the recommender gets on to something of the host's, for example a history that its sources
    /// read.</summary>
    /// <param name="consumer">Takes events; facts of views as well, if it takes those.</param>
    /// <returns>This builder.</returns>
    /// <remarks>Sources, filters and the reader of features need not be named here: those that take events or facts get them.</remarks>
    public RecommenderBuilder AlsoFeed(IEventConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        _alsoFed.Add(consumer);
        return this;
    }

    /// <summary>Adds a surface, stage by stage.</summary>
    /// <param name="name">Its name, for example <c>home</c>.</param>
    /// <param name="define">Says how it ranks.</param>
    /// <returns>This builder.</returns>
    /// <remarks>Without any, <see cref="SurfaceNames"/> says which surfaces there are.</remarks>
    /// <exception cref="ArgumentException">The name is taken, there is no source or no ranker, or a ranker reads another feature
    /// layout.</exception>
    public RecommenderBuilder AddSurface(string name, Action<SurfaceBuilder> define)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(define);
        var definition = new SurfaceBuilder(name);
        define(definition);
        if (definition.Sources.Count == 0 || definition.Model is not { } model)
        {
            throw new ArgumentException($"The surface {name} has no source of titles, or no ranker.", nameof(define));
        }

        EnsureLayout(model.Current);
        definition.Shadows.ForEach(shadow => EnsureLayout(shadow.Current));
        byte[] utf8Name = System.Text.Encoding.UTF8.GetBytes(name);
        var surface = new Surface
        {
            Name = name,
            Hash = Pseudonymizer.Other(utf8Name),
            Symbol = Vocabulary.Surfaces.Intern(utf8Name),
            Sources = [.. definition.Sources],
            SourceObjects = [.. definition.Sources.Select(seat => seat.Source)],
            Filters = [.. definition.Filters.Select(filter => new FilterSeat(filter))],
            Model = model,
            Policy = definition.Policy,
            PolicySymbol = Vocabulary.Terms.Intern(definition.Policy.Name),
            Stages = [.. definition.Stages],
            Shadows = [.. definition.Shadows.Select(shadow => new ShadowSeat(shadow))],
        };
        if (!_surfaces.TryAdd(name, surface))
        {
            throw new ArgumentException($"There is a surface {name} already.", nameof(name));
        }

        return this;
    }

    /// <summary>Adds a surface.</summary>
    /// <param name="name">Its name, for example <c>home</c>.</param>
    /// <param name="ranker">What orders its titles; made for <see cref="Layout"/>.</param>
    /// <param name="sources">Where its titles come from, in the order in which they are asked.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The name is taken, there is no source, or the ranker reads another feature layout.</exception>
    public RecommenderBuilder AddSurface(string name, IRanker ranker, params ReadOnlySpan<ICandidateSource> sources)
    {
        ArgumentNullException.ThrowIfNull(ranker);
        ICandidateSource[] copied = sources.ToArray();
        return AddSurface(name, surface => surface.From(copied).RankBy(ranker));
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
        Receivers = receivers;
        _decisionsSettled = true;
        return this;
    }

    /// <summary>Writes no <c>decision</c> events: what was chosen cannot be joined with what came of it.</summary>
    /// <returns>This builder.</returns>
    public RecommenderBuilder WithoutDecisions()
    {
        Receivers = null;
        _decisionsSettled = true;
        return this;
    }

    /// <summary>Gives each ranking, with its candidates, features and scores, to a log.</summary>
    /// <remarks>Called once a ranking, and once for each shadow model that scored; what it refuses is counted in
    /// <see cref="RecommenderTotals.RankingsRefused"/>. Nothing is logged of viewers who do not allow measurement.</remarks>
    /// <param name="log">The log; the host closes it after the recommender.</param>
    /// <returns>This builder.</returns>
    public RecommenderBuilder LogDecisionsTo(IDecisionLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        DecisionLog = log;
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

        if (_reader is null)
        {
            OwnEngine = new FeatureEngine(StandardFeatures.Basic, Catalogue, Vocabulary, Options.Features);
            _reader = OwnEngine;
        }

        _built = true;
        return new Recommender(this, _surfaces, _reader);
    }

    /// <summary>What is to be fed besides the catalogue, each once: the reader, the history, the sources, the filters, and what the host
    /// named.</summary>
    internal T[] ConsumersOf<T>(IEnumerable<Surface> surfaces, IFeatureReader reader)
        where T : class => [.. surfaces
            .SelectMany(surface => surface.SourceObjects.Cast<object>().Concat(surface.Filters.Select(seat => seat.Filter)))
            .Prepend(History)
            .Prepend(reader)
            .Concat(_alsoFed)
            .OfType<T>()
            .Where(consumer => !ReferenceEquals(consumer, Catalogue))
            .Distinct(ReferenceEqualityComparer.Instance)
            .Cast<T>()];

    private void EnsureLayout(IRanker ranker)
    {
        FeatureLayout layout = Layout;
        if (ranker.Layout.Hash != layout.Hash || ranker.Info.LayoutHash != layout.Hash)
        {
            throw new ArgumentException(
                $"The ranker {ranker.Info} reads the feature layout {ranker.Layout.Hash:x16}; there is only {layout.Hash:x16}.",
                nameof(ranker));
        }
    }

    private void AddStandardSurfaces()
    {
        var trending = new TrendingCandidates(Catalogue, Options.Trending);
        var begun = new ContinueWatchingCandidates(History);
        AddSurface(SurfaceNames.Home, RankerOf(StandardModels.Home), begun, trending);
        AddSurface(SurfaceNames.Trending, RankerOf(StandardModels.Trending), trending);
        AddSurface(SurfaceNames.ContinueWatching, RankerOf(StandardModels.ContinueWatching), begun);
    }

    private LinearRanker RankerOf(LinearModel model)
    {
        foreach (FeatureWeight weight in model.Weights)
        {
            if (Layout.IndexOf(weight.Feature) < 0)
            {
                throw new InvalidOperationException(
                    $"The standard surfaces read {weight.Feature}, which is not declared; declare it, or name surfaces of your own.");
            }
        }

        return new LinearRanker(model, Layout);
    }
}
