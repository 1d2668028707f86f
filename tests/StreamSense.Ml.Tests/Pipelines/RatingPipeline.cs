using System.Text;
using StreamSense.Contracts;
using StreamSense.Core;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Privacy;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Audiences;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Boosting;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>Catalogue and ratings through a mapping and a pipeline into a recommender, which ranks between the events.</summary>
internal sealed class RatingPipeline : IAsyncDisposable
{
    /// <summary>The surface whose titles come from all sources and are scored by a model.</summary>
    public const string Home = "home";

    /// <summary>The surfaces that show one source each, in its own order.</summary>
    public static readonly string[] Sources =
        ["popular so far", "trending, 30 d", "trending, 365 d", "similar by content", "item-kNN", "EASE", "iALS factors"];

    private const int MaxCandidates = 1_200;
    private const int OfEachSource = 200;
    private const string Movies = "movielens-latest-small/movies.csv";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<IDisposable> _disposables = [];
    private readonly FittedModels _models;
    private readonly BoostedTrees? _trees;
    private readonly IDecisionLog? _log;
    private readonly StreamSensePipeline _pipeline;
    private readonly List<BecauseYouWatchedCandidates> _byContent = [];
    private Recommender? _sources;
    private Recommender? _home;

    public RatingPipeline(FittedModels models, BoostedTrees? trees = null, IDecisionLog? log = null, ItemNeighbours? alike = null)
    {
        _models = models;
        _trees = trees;
        _log = log;
        Alike = alike;
        _pipeline = StreamSensePipeline.CreateBuilder()
            .UseTime(_time)
            .PseudonymiseWith(Key())
            .FollowWith(names => _sources = CreateSources(names))
            .FollowWith(names => _home = CreateHome(names))
            .Build();
        _pipeline.StartPassive();
    }

    public static Pseudonymizer Pseudonymizer { get; } = new(Key());

    /// <summary>Which titles go together by genre; fitted to the catalogue unless given.</summary>
    public ItemNeighbours? Alike { get; private set; }

    public PipelineTotals Totals => _pipeline.Totals;

    public long Failures => _sources!.Totals.Failures + _home!.Totals.Failures + _home.Totals.Fallbacks;

    public static ViewerId ViewerOf(string user) => Pseudonymizer.Viewer(Encoding.UTF8.GetBytes("movielens:" + user));

    /// <summary>Takes in the catalogue, then the ratings in order of time.</summary>
    /// <returns>How many titles the catalogue has.</returns>
    public async Task<int> PlayAsync(MovieLensRatings ratings, Action<RatingLine> afterLastOfUser)
    {
        using (TranslatedDoor movies = Open("movielens-movies.json"))
        {
            movies.Ingest.Feed(await File.ReadAllBytesAsync(SharedData.Require(Movies)));
            movies.Ingest.Complete();
            Pump();
        }

        Alike ??= ContentNeighbours.Fit(_home!.Catalogue);
        _byContent.ForEach(source => source.Publish(Alike));
        using TranslatedDoor door = Open("movielens.json");
        door.Ingest.Feed("userId,movieId,rating,timestamp\n"u8);
        HashSet<int> last = ratings.LastOfUsers();
        for (int i = 0; i < ratings.Lines.Length; i++)
        {
            door.Ingest.Feed(Encoding.UTF8.GetBytes(ratings.Lines[i].Text + "\n"));
            if (last.Contains(i))
            {
                Pump();
                afterLastOfUser(ratings.Lines[i]);
            }
        }

        door.Ingest.Complete();
        Pump();
        await _pipeline.DrainAsync();
        return _home!.Catalogue.Count;
    }

    public TitleId[] Rank(string surface, RatingLine asOf, int slots)
    {
        var slate = new RankedTitle[slots];
        var request = new RankRequest
        {
            Id = Encoding.UTF8.GetBytes($"{surface}/{asOf.User}"),
            Surface = surface,
            Time = asOf.Time,
            Viewer = ViewerOf(asOf.UserId),
            Consent = ConsentPurposes.All,
        };
        Recommender recommender = string.Equals(surface, Home, StringComparison.Ordinal) ? _home! : _sources!;
        int count = recommender.Rank(request, slate);
        return [.. slate[..count].Select(slot => slot.Title)];
    }

    public async ValueTask DisposeAsync()
    {
        await _pipeline.DisposeAsync();
        _sources?.Dispose();
        _home?.Dispose();
        _disposables.ForEach(disposable => disposable.Dispose());
    }

    private static PseudonymKey Key() => PseudonymKey.FromSecret("a secret of tests only"u8);

    private static FeatureSet Features()
    {
        var ratings = new EventSelector(EventKind.Rating);
        EventSelector liked = ratings.Weighing(SignalValue.Rating);
        return new FeatureSetBuilder()
            .AddAll(StandardFeatures.Streaming)
            .Add("title.ratings", FeatureScope.Title, new TotalRule(ratings))
            .Add("title.ratings.month", FeatureScope.Title, new DecayRule(ratings, TimeSpan.FromDays(30)))
            .Add("title.ratings.year", FeatureScope.Title, new DecayRule(ratings, TimeSpan.FromDays(365)))
            .Add("title.rating.years", FeatureScope.Title, new MeanRule(liked, TimeSpan.FromDays(3650)))
            .Add("viewer.ratings", FeatureScope.Viewer, new TotalRule(ratings))
            .Add("viewer.rated_genres", FeatureScope.Viewer, new AffinityRule(FeatureAttribute.Genre, liked, TimeSpan.FromDays(3650)))
            .Add("viewer.rated_similarity", FeatureScope.Viewer, new SimilarityRule(FeatureAttribute.Genre, ratings))
            .Build();
    }

    // Each source alone is shown in its own order, which no feature changes.
    private Recommender CreateSources(Vocabulary names)
    {
        var history = new InterestHistory(names);
        var rated = new RatedTitles();
        RecommenderBuilder builder = Recommender.CreateBuilder(names, Pseudonymizer, Options());
        builder.AlsoFeed(history).AlsoFeed(rated).WithoutDecisions();
        ICandidateSource[] sources = [Trending(names, 36_500), Trending(names, 30), .. Candidates(names, history)];
        var ranker = new SourceOrderRanker(builder.Layout);
        for (int i = 0; i < sources.Length; i++)
        {
            ICandidateSource source = sources[i];
            builder.AddSurface(Sources[i], surface => surface
                .From(source).Where("rated", rated.IsNew).RankBy(ranker));
        }

        _disposables.Add(history);
        return builder.Build();
    }

    private Recommender CreateHome(Vocabulary names)
    {
        var history = new InterestHistory(names);
        var rated = new RatedTitles();
        RecommenderBuilder builder = Recommender.CreateBuilder(names, Pseudonymizer, Options());
        var engine = new FeatureEngine(Features(), builder.Catalogue, names);
        var reader = new ScoredFeatures(engine, _models, history);
        IRanker ranker = _trees is null
            ? new LinearRanker(new LinearModel("ratings", "1", [new FeatureWeight("title.ratings", 1)]), reader.Layout)
            : new TreeRanker(_trees.Ensemble, "lambdamart", "1", reader.Layout);
        builder.ReadFeatures(reader).AlsoFeed(history).AlsoFeed(rated).WithoutDecisions();
        if (_log is not null)
        {
            builder.LogDecisionsTo(_log);
        }

        _disposables.AddRange([history, engine]);
        return builder.AddSurface(Home, surface =>
        {
            foreach (ICandidateSource source in Candidates(names, history))
            {
                surface.From(source, OfEachSource);
            }

            surface.Where("rated", rated.IsNew).RankBy(ranker);
        }).Build();
    }

    // The last of Sources, in their order. What goes by content is fitted when the catalogue is there.
    private ICandidateSource[] Candidates(Vocabulary names, InterestHistory history)
    {
        var content = new BecauseYouWatchedCandidates(_models.Knn, history);
        _byContent.Add(content);
        return
        [
            Trending(names, 365), content,
            new BecauseYouWatchedCandidates(_models.Knn, history), new BecauseYouWatchedCandidates(_models.Ease, history),
            _models.FactorsOf(history),
        ];
    }

    private static RecommenderOptions Options() => new() { MaxCandidates = MaxCandidates, MaxConcurrentRequests = 1 };

    private static AudienceTrendingCandidates Trending(Vocabulary names, int halfLifeDays) => new(
        new EverybodyAudience(),
        names,
        new AudienceTrendingOptions
        {
            HalfLife = TimeSpan.FromDays(halfLifeDays), MaxTitles = 16_384, ListLength = MaxCandidates,
        });

    private TranslatedDoor Open(string mapping)
    {
        TranslatedDoor door = _pipeline.OpenDoor(
            new MappingTranslator(SourceMapping.Load(Path.Combine(AppContext.BaseDirectory, "mappings", mapping))));
        door.Ingest.Begin(new IngestOrigin());
        return door;
    }

    private void Pump()
    {
        while (_pipeline.Pump() > 0)
        {
        }
    }
}
