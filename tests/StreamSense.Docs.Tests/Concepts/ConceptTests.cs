using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Ml;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Ranking.Policies;
using StreamSense.Ml.Ranking.Stages;
using StreamSense.Ml.Training.Joins;

namespace StreamSense.Docs.Tests.Concepts;

public sealed class ConceptTests
{
    [Fact]
    public void Surface_OfThePage_IsBuilt()
    {
        var pseudonymizer = new Pseudonymizer(PseudonymKey.FromSecret("only for this test"u8));
        RecommenderBuilder builder = Recommender.CreateBuilder(new Vocabulary(), pseudonymizer).WithoutDecisions();

        Define(builder);

        using Recommender recommender = builder.Build();
        Assert.Equal("home-linear", recommender.ModelOf("home").Name);
    }

    private static void Define(RecommenderBuilder builder)
    {
        var continueWatching = new ContinueWatchingCandidates(builder.History);
        var nextEpisode = new NextEpisodeCandidates(builder.History);
        var trending = new TrendingCandidates(builder.Catalogue);
        ViewerProfiles? profiles = null;
        var slot = new ModelSlot(new LinearRanker(StandardModels.Home, builder.Layout));
        var candidateModel = new LinearRanker(StandardModels.Trending, builder.Layout);
        #region docs/concepts/ranking.md
        builder.AddSurface("home", home => home
            .From(continueWatching, nextEpisode)             // asked in this order; a title comes once
            .From(trending, atMost: 200)
            .Where(new MaturityFilter(profiles), new WatchedFilter(builder.History))
            .RankBy(slot)                                    // a ModelSlot: models are swapped while requests go on
            .Choose(GreedyPolicy.Instance)                   // the default
            .Then(new DiversityStage(), new CapStage(TitleAttribute.Series, 2))
            .ShadowWith(candidateModel));                    // scores the same candidates, is compared and logged, never shown
        #endregion
    }

    private static TrainingSet Join(IEventHistory history)
    {
        #region docs/concepts/decisions.md
        var join = new OutcomeJoin(new OutcomeJoinOptions { Reward = Reward.Grades(Reward.WatchSeconds(TimeSpan.FromHours(1)), 1, 60, 600) });
        using DecisionLogReader log = DecisionLogReader.OpenFolder("decisions");
        TrainingSet rows = join.Run(log, history);
        #endregion
        return rows;
    }

    private static void Cluster(ViewerBook book, EventTime now, SegmentTable table)
    {
        #region docs/concepts/segments.md
        ViewerVectors vectors = ViewerVectors.Of(book, now);
        KMeansModel model = new KMeansTrainer(new KMeansOptions { Clusters = 4 }).Fit(vectors.Rows.Span, ViewerVectors.ColumnNames.Length);
        model.Apply([.. vectors.Viewers], vectors.Rows.Span, table, "c0", "c1", "c2", "c3");
        #endregion
    }
}
