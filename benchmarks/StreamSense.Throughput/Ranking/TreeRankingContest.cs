using System.Globalization;
using System.Text;
using StreamSense.Benchmarks.Ranking;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Stages;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Throughput.Ranking;

/// <summary>The whole ranking with a model of trees: retrieve, gather 30 features, score by 100 trees, diversify, log.</summary>
internal sealed class TreeRankingContest : IDisposable
{
    public const int Slots = 20;

    private const int Candidates = 100;
    private const int Viewers = 1000;
    private const int Depth = 6;
    private const int Trees = 100;

    private static readonly EventTime Start = EventTime.From(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));
    private static readonly string[] Genres = ["drama", "comedy", "war", "noir", "family", "crime", "music", "history"];
    private static readonly int[] Hours = [1, 3, 6, 12, 24, 72, 168, 336, 720, 2160];

    private readonly RankedTitle[] _slate = new RankedTitle[Slots];
    private readonly byte[] _id = new byte[RankRequest.IdLength];
    private readonly Recommender _recommender;
    private readonly FeatureEngine _features;
    private readonly ObjectRanking _objects;
    private ulong _round;

    public TreeRankingContest()
    {
        RecommenderBuilder builder = Recommender.CreateBuilder(
            new Vocabulary(), new Pseudonymizer(PseudonymKey.FromSecret("a secret of benchmarks"u8)));
        TimeSpan[] windows = [.. Hours.Select(hours => TimeSpan.FromHours(hours))];
        FeatureSet set = new FeatureSetBuilder()
            .AddWindows("title.plays", FeatureScope.Title, new EventSelector(FeatureSignal.ViewStarted), windows)
            .AddWindows("title.ends", FeatureScope.Title, new EventSelector(FeatureSignal.ViewEnded), windows)
            .AddWindows("viewer.plays", FeatureScope.Viewer, new EventSelector(FeatureSignal.ViewStarted), windows)
            .Build();
        _features = new FeatureEngine(set, builder.Catalogue, new Vocabulary());
        TreeEnsemble ensemble = MakeTrees(set.Layout);
        _recommender = builder
            .ReadFeatures(_features)
            .AddSurface("home", home => home
                .From(new TrendingCandidates(builder.Catalogue))
                .RankBy(new TreeRanker(ensemble, "trees", "1", set.Layout))
                .Then(new DiversityStage()))
            .WriteDecisionsTo(() => new DiscardingReceiver())
            .LogDecisionsTo(new CopyingLog())
            .Build();
        Fill();
        _objects = new ObjectRanking(ensemble, _recommender.Catalogue, _features, Start + TimeSpan.FromDays(1));
    }

    /// <summary>Ranks by the recommender.</summary>
    /// <returns>How many slots were filled.</returns>
    public int Recommend()
    {
        var request = new RankRequest
        {
            Id = RankRequest.FormatId(++_round, _id),
            Surface = "home",
            Time = Start + TimeSpan.FromDays(1),
            Viewer = ViewerOf((int)(_round % Viewers)),
            Consent = ConsentPurposes.All,
        };
        return _recommender.Rank(request, _slate);
    }

    /// <summary>Ranks by objects.</summary>
    /// <returns>How many slots were filled.</returns>
    public int RankByObjects() => _objects.Rank(Slots).Count;

    public void Dispose()
    {
        _recommender.Dispose();
        _features.Dispose();
    }

    private static TreeEnsemble MakeTrees(FeatureLayout layout)
    {
        var random = new Random(6);
        var trees = new DecisionTree[Trees];
        for (int tree = 0; tree < Trees; tree++)
        {
            int inner = (1 << Depth) - 1;
            var splits = new TreeSplit[inner];
            for (int i = 0; i < inner; i++)
            {
                int left = (2 * i) + 1;
                splits[i] = new TreeSplit(
                    random.Next(layout.Count),
                    random.Next(1, 200),
                    left < inner ? left : ~(left - inner),
                    left + 1 < inner ? left + 1 : ~(left + 1 - inner),
                    MissingLeft: random.Next(2) == 0);
            }

            trees[tree] = new DecisionTree([.. splits], [.. Enumerable.Range(0, inner + 1).Select(_ => random.NextDouble() - 0.5)]);
        }

        return new TreeEnsemble([.. layout.Features.Select(feature => feature.Name)], [.. trees]);
    }

    private static ViewerId ViewerOf(int viewer) => new((ulong)(viewer + 1) * 0x9e3779b97f4a7c15UL);

    private static string NameOf(int title) => string.Create(CultureInfo.InvariantCulture, $"title-{title}");

    private void Fill()
    {
        for (int title = 0; title < Candidates; title++)
        {
            var row = new StreamEvent { Kind = EventKind.Title, Title = NameTable.IdOf(NameOf(title)), Time = Start };
            row.PayloadAs<TitlePayload>() = new TitlePayload
            {
                DurationMicroseconds = Absent.Time, PublishedMicroseconds = Absent.Time, Season = Absent.Number, Episode = Absent.Number,
            };
            string annex = $"\"genres\":[\"{Genres[title % 8]}\",\"{Genres[title / 8 % 8]}\"]";
            _recommender.Catalogue.Apply(row, Encoding.UTF8.GetBytes(annex));
        }

        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            TitleId title = NameTable.IdOf(NameOf((int)(Candidates * Math.Pow(random.NextDouble(), 2))));
            ViewerId viewer = ViewerOf(random.Next(Viewers));
            EventTime time = Start + TimeSpan.FromSeconds(i * 4);
            _recommender.Consume([Fact(ViewFactKind.FirstFrame, title, viewer, time), Fact(ViewFactKind.Ended, title, viewer, time)]);
        }
    }

    private static ViewFact Fact(ViewFactKind kind, TitleId title, ViewerId viewer, EventTime time) => new()
    {
        Kind = kind,
        Title = title,
        Viewer = viewer,
        Time = time,
        PlayheadMicroseconds = 60_000_000,
        PlayMicroseconds = 60_000_000,
        WatchMicroseconds = 60_000_000,
        Reason = EndReason.Quit,
        Consent = ConsentPurposes.All,
    };
}
