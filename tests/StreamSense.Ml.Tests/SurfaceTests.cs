using System.Collections.Immutable;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Ranking.Policies;
using StreamSense.Ml.Ranking.Stages;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests;

public sealed class SurfaceTests
{
    private static readonly LinearModel _byPlays = new("plays", "1", [new FeatureWeight(FeatureNames.TitlePlays, 1)]);

    private readonly World _world = new();
    private readonly CollectingReceiver _decisions = new();

    [Fact]
    public void Rank_WholeWay_RetrievesFiltersScoresChoosesAndReorders()
    {
        using Recommender recommender = Build((surface, builder) => surface
            .From(new TrendingCandidates(builder.Catalogue), atMost: 10, "trending")
            .Where(new MaturityFilter())
            .Where("no-x", (in CandidateRequest _, CatalogueTitle title) => title.Id != World.Title("x"))
            .RankBy(Ranker())
            .Then(new CapStage(TitleAttribute.Genre, 1)));
        Add(recommender, "a", "\"genres\":[\"war\"],\"maturity\":\"6\"");
        Add(recommender, "b", "\"genres\":[\"war\"],\"maturity\":\"6\"");
        Add(recommender, "c", "\"genres\":[\"love\"],\"maturity\":\"6\"");
        Add(recommender, "x", "\"maturity\":\"0\"");
        Add(recommender, "adult", "\"maturity\":\"18\"");
        Add(recommender, "unrated", "");
        Play(recommender, "a", 5);
        Play(recommender, "b", 4);
        Play(recommender, "c", 1);

        Assert.Equal(["a", "c", "b"], Rank(recommender, maxAge: 12));
        Assert.Equal(3, recommender.Totals.Filtered);
        Assert.Equal(
            [
                new FilterTotals("s", "catalogue", 0, 0), new FilterTotals("s", "rights", 0, 0), new FilterTotals("s", "maturity", 1, 1),
                new FilterTotals("s", "no-x", 1, 0),
            ],
            recommender.Filters.ToArray());
        Assert.Equal([5.0, 1, 4], _decisions.Events.Select(e => Math.Round(Math.Exp(Score(recommender, e.Title)) - 1)));
    }

    [Fact]
    public void Explain_TitleMovedByAStage_TellsTheWay()
    {
        using Recommender recommender = Build((surface, builder) => surface
            .From(new TrendingCandidates(builder.Catalogue), atMost: 10, "trending")
            .Where(new MaturityFilter())
            .RankBy(Ranker())
            .Then(new CapStage(TitleAttribute.Genre, 1)));
        Add(recommender, "a", "\"genres\":[\"war\"],\"maturity\":\"6\"");
        Add(recommender, "b", "\"genres\":[\"war\"],\"maturity\":\"6\"");
        Add(recommender, "c", "\"genres\":[\"love\"],\"maturity\":\"6\"");
        Add(recommender, "adult", "\"maturity\":\"18\"");
        Play(recommender, "a", 5);
        Play(recommender, "b", 4);

        RankExplanation moved = recommender.Explain(Request(maxAge: 12), World.Title("b"));
        Assert.Equal(["trending"], moved.Sources.ToArray());
        Assert.Equal([new FilterFinding("rights", FilterVerdict.Allowed), new FilterFinding("maturity", FilterVerdict.Allowed)], moved.Filters.ToArray());
        Assert.Equal([new PlaceFinding("greedy", 1), new PlaceFinding("cap-genre", 2)], moved.Places.ToArray());
        Assert.Equal(2, moved.Position);
        Assert.Equal(moved.Score!.Value, moved.Intercept!.Value + moved.Contributions.Sum(part => part.Contribution!.Value), 1e-5f);
        Assert.Equal(
            StandardFeatures.Basic.Layout.Features.Select(feature => feature.Name), moved.Contributions.Select(part => part.Feature));
        Assert.Equal("plays@1", moved.Model.ToString());

        RankExplanation kept = recommender.Explain(Request(maxAge: 12), World.Title("adult"));
        Assert.Equal(FilterVerdict.Refused, kept.Filters[^1].Verdict);
        Assert.Null(kept.Score);
        Assert.Null(kept.Position);
        Assert.Empty(recommender.Explain(Request(maxAge: 12), World.Title("nowhere")).Sources);
        Assert.Null(recommender.Explain(Request(maxAge: 12), World.Title("b"), slots: 2).Position);
        Assert.Equal(0, recommender.Totals.Requests);
        Assert.Equal(0, recommender.Totals.Filtered);
        Assert.Empty(_decisions.Events);
    }

    [Fact]
    public void Rank_WithExplanations_TellsOfEachTitleShownWhatExplainTells()
    {
        using Recommender recommender = Build((surface, builder) => surface
            .From(new TrendingCandidates(builder.Catalogue), atMost: 10, "trending")
            .From(new EditorPickCandidates(builder.Vocabulary, Pick("c")), atMost: 1, "picks")
            .Where(new MaturityFilter())
            .RankBy(Ranker())
            .Then(new CapStage(TitleAttribute.Genre, 1)));
        Add(recommender, "a", "\"genres\":[\"war\"],\"maturity\":\"6\"");
        Add(recommender, "b", "\"genres\":[\"war\"],\"maturity\":\"6\"");
        Add(recommender, "c", "\"genres\":[\"love\"],\"maturity\":\"6\"");
        Add(recommender, "adult", "\"maturity\":\"18\"");
        Play(recommender, "a", 5);
        Play(recommender, "b", 4);
        var slate = new RankedTitle[2];
        var plain = new RankedTitle[2];

        int count = recommender.Rank(Request(maxAge: 12), slate, out ImmutableArray<RankExplanation> explanations);

        Assert.Equal((2, 1, 2), (count, recommender.Totals.Requests, recommender.Totals.DecisionsWritten));
        Assert.Equal(1, recommender.Totals.Filtered);
        Assert.Equal(2, recommender.Rank(Request("r2", maxAge: 12), plain));
        Assert.Equal(plain, slate);
        Assert.Equal(slate.Select(ranked => ranked.Title), explanations.Select(explanation => explanation.Title));
        Assert.Equal(["trending", "picks"], explanations[1].Sources.ToArray());
        Assert.All(explanations, explanation =>
        {
            RankExplanation alone = recommender.Explain(Request(maxAge: 12), explanation.Title, slots: 2);
            Assert.Equal(alone.Sources.ToArray(), explanation.Sources.ToArray());
            Assert.Equal(alone.Filters.ToArray(), explanation.Filters.ToArray());
            Assert.Equal(alone.Contributions.ToArray(), explanation.Contributions.ToArray());
            Assert.Equal(alone.Places.ToArray(), explanation.Places.ToArray());
            Assert.Equal(
                (alone.Score, alone.Intercept, alone.Position, alone.Model),
                (explanation.Score, explanation.Intercept, explanation.Position, explanation.Model));
        });
    }

    [Fact]
    public void Rank_WithExplanationsOfARankerThatCannot_AnswersWithoutContributions()
    {
        using Recommender recommender = Build((surface, builder) => surface
            .From(new TrendingCandidates(builder.Catalogue)).RankBy(new MuteRanker()));
        Add(recommender, "a", "");

        Assert.Equal(1, recommender.Rank(Request(), new RankedTitle[1], out ImmutableArray<RankExplanation> explanations));
        Assert.All(explanations[0].Contributions, part => Assert.Null(part.Contribution));
        Assert.Equal(1, recommender.Totals.Failures);
        Assert.Equal(0, recommender.Rank(Request("r2"), [], out explanations));
        Assert.Empty(explanations);
    }

    [Fact]
    public void Rank_SourceOrder_ShowsWhatTheSourcesProposedInTheirOrder()
    {
        using Recommender recommender = Build((surface, builder) => surface
            .From(new EditorPickCandidates(builder.Vocabulary, Pick("b"), Pick("c"), Pick("a")))
            .RankBy(new SourceOrderRanker(builder.Layout)));
        Add(recommender, "a", "");
        Add(recommender, "b", "");
        Add(recommender, "c", "");

        Assert.Equal(["b", "c", "a"], Rank(recommender));
        Assert.Equal("source-order@1", ModelOf(_decisions.Events[0]));
        Assert.Equal(0, recommender.Totals.Fallbacks);
    }

    [Fact]
    public void Rank_RankerThatThrows_ShowsTheOrderOfTheSources()
    {
        using Recommender recommender = Build((surface, builder) => surface
            .From(new EditorPickCandidates(builder.Vocabulary, Pick("b"), Pick("a"), Pick("nowhere")))
            .RankBy(new FailingRanker()));
        Add(recommender, "a", "");
        Add(recommender, "b", "");

        Assert.Equal(["b", "a"], Rank(recommender));
        Assert.Equal(1, recommender.Totals.Fallbacks);
        Assert.IsType<InvalidOperationException>(recommender.LastFailure);
        Assert.Equal("source-order@1", ModelOf(_decisions.Events[0]));
        Assert.Equal(new FilterTotals("s", "catalogue", 0, 1), recommender.Filters[0]);
    }

    [Fact]
    public void Rank_OtherPartsThatThrow_StillAnswers()
    {
        using Recommender recommender = Build((surface, builder) => surface
            .From(new FailingSource(), new TrendingCandidates(builder.Catalogue))
            .RankBy(Ranker())
            .Choose(new FailingPolicy())
            .Then(new FailingStage()));
        Add(recommender, "a", "");
        Add(recommender, "b", "");
        Play(recommender, "b", 1);

        Assert.Equal(["b", "a"], Rank(recommender));
        Assert.Equal(3, recommender.Totals.Failures);
        Assert.Equal(0, recommender.Totals.Fallbacks);
    }

    [Fact]
    public void Rank_FilterThatThrows_ShowsNothing()
    {
        using Recommender recommender = Build((surface, builder) => surface
            .From(new TrendingCandidates(builder.Catalogue))
            .Where("broken", (in CandidateRequest _, CatalogueTitle _) => throw new InvalidOperationException("broken"))
            .RankBy(Ranker()));
        Add(recommender, "a", "");

        Assert.Empty(Rank(recommender));
        Assert.Equal(new FilterTotals("s", "broken", 0, 1), recommender.Filters[^1]);
    }

    [Fact]
    public void Rank_PolicyWithLots_WritesPropensitiesAndRepeatsItself()
    {
        using Recommender recommender = Build((surface, builder) => surface
            .From(new TrendingCandidates(builder.Catalogue))
            .RankBy(Ranker())
            .Choose(new LotPolicy()));
        for (int i = 0; i < 10; i++)
        {
            Add(recommender, $"t{i}", "");
        }

        var slate = new RankedTitle[3];
        recommender.Rank(Request(), slate);
        RankedTitle[] again = new RankedTitle[3];
        recommender.Rank(Request(), again);

        Assert.Equal(slate, again);
        Assert.Equal([1 / 10f, 1 / 9f, 1 / 8f], slate.Select(slot => slot.Propensity));
        Assert.Equal([1 / 10f, 1 / 9f, 1 / 8f], _decisions.Events.Take(3).Select(e => e.ReadPayload<ShownPayload>().Propensity));
        Assert.Equal("lots", _world.Vocabulary.Terms.NameOf(_decisions.Events[0].ReadPayload<ShownPayload>().Policy));
        recommender.Rank(Request("r2"), again);
        Assert.NotEqual(slate, again);
    }

    [Fact]
    public void Rank_Shadow_IsScoredComparedAndLoggedAndNeverShown()
    {
        var log = new KeepingLog();
        var contrary = new LinearModel("contrary", "9", [new FeatureWeight(FeatureNames.TitlePlays, -1)]);
        using Recommender recommender = Build(
            (surface, builder) => surface
                .From(new TrendingCandidates(builder.Catalogue))
                .RankBy(Ranker())
                .ShadowWith(new LinearRanker(contrary, StandardFeatures.Basic.Layout))
                .ShadowWith(new FailingRanker()),
            log);
        for (int i = 0; i < 4; i++)
        {
            Add(recommender, $"t{i}", "");
            Play(recommender, $"t{i}", i + 1);
        }

        Assert.Equal(["t3", "t2", "t1"], Rank(recommender, slots: 3));

        Assert.Equal([3, 0], log.Chosen);
        Assert.Equal(["plays@1", "contrary@9"], log.Models);
        Assert.Equal(log.Scores[0].Select(score => -score), log.Scores[1]);
        Assert.Equal(2, recommender.Totals.RankingsLogged);
        ShadowTotals[] shadows = [.. recommender.Shadows];
        Assert.Equal((1, 0, 3, 2), (shadows[0].Rankings, shadows[0].Failures, shadows[0].Slots, shadows[0].AgreedSlots));
        Assert.Equal((0, 1), (shadows[1].Rankings, shadows[1].Failures));
    }

    [Fact]
    public void Rank_Log_TakesWhatWasRankedAndItsRefusalsAreCounted()
    {
        var log = new KeepingLog();
        using Recommender recommender = Build(
            (surface, builder) => surface.From(new TrendingCandidates(builder.Catalogue)).RankBy(Ranker()), log);
        Add(recommender, "a", "");
        Add(recommender, "b", "");
        Play(recommender, "b", 2);
        Rank(recommender, slots: 1);
        log.Full = true;
        Rank(recommender, slots: 1);
        Assert.Empty(Rank(recommender, slots: 0));

        Assert.Equal((1, 1), (recommender.Totals.RankingsLogged, recommender.Totals.RankingsRefused));
        Assert.Equal(2, log.Scores[0].Length);
        Assert.Equal(World.Title("b"), log.Titles[0][log.FirstChosen[0]]);
        Assert.Equal(4, log.Positions[0]);
    }

    [Fact]
    public void Rank_WithoutMeasurement_LogsNothing()
    {
        var log = new KeepingLog();
        using Recommender recommender = Build(
            (surface, builder) => surface.From(new TrendingCandidates(builder.Catalogue)).RankBy(Ranker()), log);
        Add(recommender, "a", "");
        var request = new RankRequest
        {
            Id = "r"u8, Surface = "s", Time = World.At(0), Viewer = World.Viewer(1), Consent = ConsentPurposes.Personalisation,
        };

        Assert.Equal(1, recommender.Rank(request, new RankedTitle[3]));
        Assert.Empty(log.Models);
        Assert.Equal(1, recommender.Totals.DecisionsWithheld);
    }

    [Fact]
    public void ReadFeatures_OwnReader_IsFedAndGoesByItsLayout()
    {
        var reader = new CountingReader();
        RecommenderBuilder builder = Recommender.CreateBuilder(_world.Vocabulary, _world.Pseudonymizer).ReadFeatures(reader);
        Assert.Throws<ArgumentException>(() => builder.AddSurface("s", Ranker(), new TrendingCandidates(builder.Catalogue)));
        var own = new LinearModel("own", "1", [new FeatureWeight("facts", 1)]);
        using Recommender recommender = builder
            .AddSurface("s", surface => surface
                .From(new TrendingCandidates(builder.Catalogue))
                .RankBy(new LinearRanker(own, reader.Layout)))
            .WithoutDecisions()
            .Build();
        Assert.Throws<InvalidOperationException>(() => builder.ReadFeatures(reader));
        Add(recommender, "a", "");
        Play(recommender, "a", 3);
        var slate = new RankedTitle[1];

        Assert.Equal(1, recommender.Rank(Request(), slate));
        Assert.Equal(6, slate[0].Score);
    }

    [Fact]
    public void AddSurface_NoRankerOrTooMuch_Refuses()
    {
        RecommenderBuilder builder = Recommender.CreateBuilder(_world.Vocabulary, _world.Pseudonymizer);
        var source = new EditorPickCandidates(_world.Vocabulary);

        Assert.Throws<ArgumentException>(() => builder.AddSurface("x", surface => surface.From(source)));
        Assert.Throws<ArgumentException>(() => builder.AddSurface("x", surface => surface.RankBy(Ranker())));
        Assert.Throws<InvalidOperationException>(() => builder.AddSurface("x", surface =>
        {
            for (int i = 0; i <= SurfaceBuilder.MaxSources; i++)
            {
                surface.From(source);
            }
        }));
        Assert.Throws<InvalidOperationException>(() => builder.AddSurface("x", surface =>
        {
            for (int i = 0; i <= SurfaceBuilder.MaxShadows; i++)
            {
                surface.ShadowWith(Ranker());
            }
        }));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddSurface("x", surface => surface.From(source, atMost: 0)));
    }

    private static LinearRanker Ranker() => new(_byPlays, StandardFeatures.Basic.Layout);

    private static EditorPick Pick(string title) => new(World.Title(title));

    private static RankRequest Request(string id = "r", int? maxAge = null) => new()
    {
        Id = Encoding.UTF8.GetBytes(id),
        Surface = "s",
        Time = World.At(0),
        Viewer = World.Viewer(1),
        Consent = ConsentPurposes.All,
        MaxAge = maxAge,
    };

    private static void Play(Recommender recommender, string title, int times)
    {
        for (int i = 0; i < times; i++)
        {
            recommender.Consume(
            [
                World.Fact(Core.Sessions.ViewFactKind.FirstFrame, title, (ulong)(50 + i), 0),
                World.Fact(Core.Sessions.ViewFactKind.Progress, title, (ulong)(50 + i), 0),
            ]);
        }
    }

    private static float Score(Recommender recommender, TitleId title) => recommender.Explain(Request(maxAge: 12), title).Score!.Value;

    private Recommender Build(Action<SurfaceBuilder, RecommenderBuilder> define, IDecisionLog? log = null)
    {
        RecommenderBuilder builder = Recommender.CreateBuilder(_world.Vocabulary, _world.Pseudonymizer);
        builder.AddSurface("s", surface => define(surface, builder)).WriteDecisionsTo(() => _decisions);
        return (log is null ? builder : builder.LogDecisionsTo(log)).Build();
    }

    private void Add(Recommender recommender, string title, string annex)
    {
        _world.Vocabulary.Titles.Note(Encoding.UTF8.GetBytes(title), pin: true);
        Assert.True(recommender.Catalogue.Apply(World.Row(title), Encoding.UTF8.GetBytes(annex)));
    }

    private string[] Rank(Recommender recommender, int slots = 10, int? maxAge = null)
    {
        var slate = new RankedTitle[slots];
        int count = recommender.Rank(Request(maxAge: maxAge), slate);
        return [.. slate[..count].Select(slot => _world.Vocabulary.Titles.NameOf(slot.Title)!)];
    }

    private string ModelOf(in StreamEvent decision) => _world.Vocabulary.Terms.NameOf(decision.ReadPayload<ShownPayload>().Model)!;

    private sealed class FailingRanker : IRanker
    {
        public ModelInfo Info { get; } = new("failing", "1", StandardFeatures.Basic.Layout.Hash);

        public FeatureLayout Layout => StandardFeatures.Basic.Layout;

        public int ScratchBytes(int maxCandidates) => 0;

        public void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch) =>
            throw new InvalidOperationException("failing");
    }

    // Scores, and throws when it is asked why.
    private sealed class MuteRanker : IExplainingRanker
    {
        public ModelInfo Info { get; } = new("mute", "1", StandardFeatures.Basic.Layout.Hash);

        public FeatureLayout Layout => StandardFeatures.Basic.Layout;

        public float Intercept => 0;

        public int ScratchBytes(int maxCandidates) => 0;

        public void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch) => scores.Clear();

        public void Explain(in RankContext context, in CandidateBatch batch, int candidate, Span<float> contributions) =>
            throw new InvalidOperationException("mute");
    }

    private sealed class FailingSource : ICandidateSource
    {
        public int Retrieve(in CandidateRequest request, Span<TitleId> destination) => throw new InvalidOperationException("failing");
    }

    private sealed class FailingPolicy : IRankingPolicy
    {
        public string Name => "failing";

        public int ScratchBytes(int maxCandidates) => 0;

        public int Choose(
            in RankContext context, in CandidateBatch batch, ReadOnlySpan<float> scores, Span<SlotChoice> choices, Span<byte> scratch)
        {
            choices.Fill(new SlotChoice(0, 1));
            return choices.Length;
        }
    }

    private sealed class FailingStage : IRankingStage
    {
        public string Name => "failing";

        public int ScratchBytes(int maxCandidates) => 0;

        public int Apply(in StageContext context, Span<RankedCandidate> order, Span<byte> scratch)
        {
            order.Reverse();
            order[0] = order[1];
            return order.Length;
        }
    }

    // Every candidate is as likely as any other.
    private sealed class LotPolicy : IRankingPolicy
    {
        public string Name => "lots";

        public int ScratchBytes(int maxCandidates) => 0;

        public int Choose(
            in RankContext context, in CandidateBatch batch, ReadOnlySpan<float> scores, Span<SlotChoice> choices, Span<byte> scratch)
        {
            RequestRandom random = context.CreateRandom(1);
            int[] left = [.. Enumerable.Range(0, batch.Count)];
            int count = Math.Min(choices.Length, left.Length);
            for (int i = 0; i < count; i++)
            {
                int drawn = i + random.Next(left.Length - i);
                (left[i], left[drawn]) = (left[drawn], left[i]);
                choices[i] = new SlotChoice(left[i], 1f / (left.Length - i));
            }

            return count;
        }
    }

    private sealed class CountingReader : IFeatureReader, Core.Sessions.IViewFactConsumer
    {
        private long _facts;

        public FeatureLayout Layout { get; } = new(new FeatureDefinition("facts", FeatureScope.Title));

        public long Position => _facts;

        public void Consume(ReadOnlySpan<Core.Sessions.ViewFact> facts) => _facts += facts.Length;

        public void Fill(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns) => columns.Fill(_facts);
    }
}
