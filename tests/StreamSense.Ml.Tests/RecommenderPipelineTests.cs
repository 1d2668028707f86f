using System.Text;
using StreamSense.Core;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Privacy;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests;

/// <summary>A host without a web server: a console program or a worker that puts pipeline and recommender together.</summary>
public sealed class RecommenderPipelineTests
{
    private const string Titles =
        """
        {"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-1","title":"film-1","name":"One","type":"movie","durationMs":5400000}
        {"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-2","title":"film-2","name":"Two","type":"movie","durationMs":5400000}
        {"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-3","title":"film-3","name":"Three","type":"movie","durationMs":5400000}

        """;

    private const string Play =
        """
        {"kind":"playback_request","time":"2026-03-01T20:00:00Z","id":"e-1","view":"v-1","title":"film-2","viewer":"u-7"}
        {"kind":"playback_start","time":"2026-03-01T20:00:01Z","id":"e-2","view":"v-1","playheadMs":0}
        {"kind":"heartbeat","time":"2026-03-01T20:20:01Z","id":"e-3","view":"v-1","playheadMs":1200000,"state":"playing"}
        {"kind":"playback_end","time":"2026-03-01T20:30:00Z","id":"e-4","view":"v-1","playheadMs":1799000,"reason":"quit"}

        """;

    private static readonly EventTime _now = EventTime.From(new DateTimeOffset(2026, 3, 1, 21, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task BuildWithRecommender_EventsFed_AreRankedByAndDecisionsComeBack(int shards)
    {
        await using StreamSensePipeline pipeline = Builder(shards).BuildWithRecommender(out Recommender recommender);
        pipeline.Start();
        await FeedAsync(pipeline, Titles + Play);

        Assert.Equal(["film-2"], Rank(pipeline, recommender, SurfaceNames.ContinueWatching, "u-7"));
        Assert.Equal("film-2", Rank(pipeline, recommender, SurfaceNames.Trending, "u-8")[0]);
        Assert.Empty(Rank(pipeline, recommender, SurfaceNames.ContinueWatching, "u-8"));

        await pipeline.DrainAsync();
        Assert.Equal(0, recommender.Totals.DecisionsLost);
        Assert.Equal(recommender.Totals.Slots, recommender.Totals.DecisionsWritten);
        Assert.Equal(7 + recommender.Totals.Slots, pipeline.Totals.Admitted.Accepted);
    }

    [Fact]
    public async Task BuildWithRecommender_FeaturesOfEventsViewsAndSessions_AreKept()
    {
        IFeatureReader? reader = null;
        await using StreamSensePipeline pipeline = Builder(shards: 1).BuildWithRecommender(
            out Recommender recommender,
            ranking => ranking.ReadFeatures(StandardFeatures.Streaming),
            new RecommenderOptions { MaxConcurrentRequests = 1 });
        reader = recommender.Features;
        pipeline.StartPassive();
        long before = reader.Position;
        await FeedAsync(pipeline, Titles + Play);

        Assert.True(reader.Position > before);
        var features = new float[reader.Layout.Count];
        reader.Fill(
            new FeatureQuery(Viewer(pipeline, "u-7"), ConsentPurposes.All, _now), [NameTable.IdOf("film-2")], features);
        var ofNobody = new float[reader.Layout.Count];
        reader.Fill(new FeatureQuery(Viewer(pipeline, "u-8"), ConsentPurposes.All, _now), [NameTable.IdOf("film-2")], ofNobody);
        Assert.NotEqual(ofNobody, features);
    }

    [Fact]
    public async Task DisposeAsync_OfThePipeline_DisposesOfTheRecommender()
    {
        StreamSensePipeline pipeline = Builder(shards: 1).BuildWithRecommender(out Recommender recommender);
        pipeline.Start();
        await FeedAsync(pipeline, Titles + Play);
        Assert.NotEmpty(Rank(pipeline, recommender, SurfaceNames.Home, "u-7"));

        await pipeline.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => Rank(pipeline, recommender, SurfaceNames.Home, "u-7"));
        Assert.Null(pipeline.Failure);
    }

    [Fact]
    public async Task BuildWithRecommender_WithoutDecisions_WritesNone()
    {
        await using StreamSensePipeline pipeline = Builder(shards: 1).BuildWithRecommender(
            out Recommender recommender, ranking => ranking.WithoutDecisions());
        pipeline.StartPassive();
        await FeedAsync(pipeline, Titles + Play);

        Assert.NotEmpty(Rank(pipeline, recommender, SurfaceNames.Home, "u-7"));
        await pipeline.DrainAsync();

        Assert.Equal(7, pipeline.Totals.Admitted.Accepted);
    }

    [Fact]
    public async Task BuildWithRecommender_AsManyWritersAsTheHostMayRent_LeaveRoomForDecisions()
    {
        await using StreamSensePipeline pipeline = Builder(shards: 1)
            .Configure(options => options.Lanes.MaxLanes = 2)
            .BuildWithRecommender(out Recommender recommender, options: new RecommenderOptions { MaxConcurrentRequests = 1 });
        pipeline.StartPassive();
        await FeedAsync(pipeline, Titles + Play);
        using var own = pipeline.RentWriter();

        Assert.NotEmpty(Rank(pipeline, recommender, SurfaceNames.Home, "u-7"));

        Assert.Throws<InvalidOperationException>(pipeline.RentWriter);
    }

    [Fact]
    public void BuildWithRecommender_OptionsOutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Builder(shards: 1).BuildWithRecommender(out _, options: new RecommenderOptions { MaxCandidates = 0 }));
        Assert.Throws<ArgumentException>(() =>
            Builder(shards: 1).BuildWithRecommender(out _, ranking => ranking.AddSurface("empty", _ => { })));
    }

    private static StreamSensePipelineBuilder Builder(int shards) => StreamSensePipeline.CreateBuilder()
        .UseTime(new FakeTimeProvider())
        .Configure(options =>
        {
            options.Shards = shards;
            options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation);
            options.Ndjson.TrustReceived = true;
        });

    private static async Task FeedAsync(StreamSensePipeline pipeline, string lines)
    {
        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            door.Ingest.Begin();
            door.Ingest.Feed(Encoding.UTF8.GetBytes(lines));
            IngestResult result = door.Ingest.Complete();
            Assert.Empty(result.Errors);
        }

        await pipeline.DrainAsync();
    }

    private static string[] Rank(StreamSensePipeline pipeline, Recommender recommender, string surface, string viewer)
    {
        var slate = new RankedTitle[5];
        int count = recommender.Rank(
            new RankRequest
            {
                Id = Encoding.UTF8.GetBytes($"{surface}-{viewer}"),
                Surface = surface,
                Time = _now,
                Viewer = Viewer(pipeline, viewer),
                Consent = ConsentPurposes.Measurement | ConsentPurposes.Personalisation,
            },
            slate);
        return [.. slate[..count].Select(slot => pipeline.Vocabulary.Titles.NameOf(slot.Title)!)];
    }

    private static ViewerId Viewer(StreamSensePipeline pipeline, string viewer) =>
        pipeline.Pseudonymizer.Viewer(Encoding.UTF8.GetBytes(viewer));
}
