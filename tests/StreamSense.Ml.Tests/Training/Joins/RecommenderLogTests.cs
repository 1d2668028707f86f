using System.Text;
using StreamSense.Core;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Tests.Ranking.Decisions;
using StreamSense.Ml.Training.Joins;
using StreamSense.Testing.Clock;
using StreamSense.Testing.Scripts;
using StreamSense.Testing.Simulation;

namespace StreamSense.Ml.Tests.Training.Joins;

/// <summary>From a recommender at work to rows to train on: log, history, features rebuilt and outcomes joined.</summary>
public sealed class RecommenderLogTests
{
    private const int Viewers = 15;

    private readonly PseudonymKey _key = PseudonymKey.FromSecret("a secret of tests only"u8);
    private readonly EventRecording _recording = new();
    private Vocabulary _vocabulary = new();
    private Recommender? _recommender;
    private int _rankings;
    private int _clicks;

    [Fact]
    public async Task Rank_Logged_IsRebuiltBitForBitAndJoinedWithItsClicks()
    {
        using var folder = new TemporaryFolder();
        await PlayAsync(folder.Path);

        var there = new Vocabulary();
        var skew = new FeatureSkew(StandardFeatures.Basic.Layout);
        using (DecisionLogReader reader = DecisionLogReader.OpenFolder(folder.Path, _vocabulary))
        {
            PointInTimeCounts rebuilt = new PointInTimeJoin(
                _recording, () => ReplayTarget.CreateEngine(StandardFeatures.Basic, _vocabulary)).Rebuild(reader, skew.Add);
            Assert.Equal(new PointInTimeCounts(_rankings, Missed: 0, Beyond: 0), rebuilt);
        }

        Assert.True(skew.Different == 0, skew.ToString());

        var join = new OutcomeJoin(new OutcomeJoinOptions { Reward = Reward.Click });
        using DecisionLogReader again = DecisionLogReader.OpenFolder(folder.Path, there);
        TrainingSet rows = join.Run(again, _recording);

        Assert.True(_clicks > 20, $"{_clicks} clicks");
        Assert.True(join.Counts.Joined >= _clicks, "The audience also rates what it was shown.");
        Assert.Equal(_clicks, rows.Labels.ToArray().Sum());
        Assert.Equal(join.Counts.Slots, join.Counts.Joined + join.Counts.WithoutOutcome);
        Assert.Equal(StandardFeatures.Basic.Layout.Features.Select(feature => feature.Name), rows.FeatureNames);
        Assert.Equal(1, there.Surfaces.Count);
        Assert.Equal(1, there.Countries.Count);
    }

    private async Task PlayAsync(string folder)
    {
        FileDecisionLog? log = null;
        StreamSensePipeline pipeline = StreamSensePipeline.CreateBuilder()
            .UseTime(new FakeTimeProvider())
            .PseudonymiseWith(_key)
            .Configure(options => options.Ndjson.TrustReceived = true)
            .FollowWith(names =>
            {
                _vocabulary = names;
                log = new FileDecisionLog(folder, new FakeTimeProvider(), vocabulary: names);
                _recommender = Recommender.CreateBuilder(names, new Pseudonymizer(_key))
                    .LogDecisionsTo(log)
                    .WithoutDecisions()
                    .Build();
                return new Both(_recording, _recommender);
            })
            .ObserveViews(new Relay(this))
            .Build();
        await using (pipeline)
        {
            pipeline.StartPassive();
            using NdjsonDoor door = pipeline.RentNdjson();
            door.Ingest.Begin();
            var random = new Random(3);
            int count = 0;
            foreach (ScriptedEvent scripted in new ViewerSimulation(new ViewerSimulationOptions { Seed = 9, Viewers = Viewers }).Events())
            {
                door.Ingest.Feed(Encoding.UTF8.GetBytes(scripted.Line + "\n"));
                if (++count % 50 == 0)
                {
                    while (pipeline.Pump() > 0)
                    {
                    }

                    Rank(door, random, scripted.Time);
                }
            }

            await pipeline.DrainAsync();
        }

        _recommender!.Dispose();
        log!.Dispose();
    }

    private void Rank(NdjsonDoor door, Random random, EventTime now)
    {
        string viewer = $"viewer-{random.Next(Viewers)}";
        string id = $"ranking-{_rankings}";
        var slate = new RankedTitle[5];
        int slots = _recommender!.Rank(
            new RankRequest
            {
                Id = Encoding.UTF8.GetBytes(id),
                Surface = SurfaceNames.Home,
                Time = now,
                Viewer = new Pseudonymizer(_key).Viewer(Encoding.UTF8.GetBytes(viewer)),
                Consent = ConsentPurposes.All,
                Dimensions = new EventContext { Country = _vocabulary.Countries.Intern("DE") },
            },
            slate);
        if (slots == 0)
        {
            return;
        }

        _rankings++;
        if (random.Next(3) == 0)
        {
            _clicks++;
            string title = _vocabulary.Titles.NameOf(slate[random.Next(slots)].Title)!;
            string line = EventLine.Of("click", now).With("source", "app").With("viewer", viewer).With("request", id)
                .With("title", title).Build().Line;
            door.Ingest.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    private sealed class Both(IEventConsumer first, IEventConsumer second) : IEventConsumer
    {
        public void Consume(in EventBatch batch)
        {
            first.Consume(batch);
            second.Consume(batch);
        }
    }

    private sealed class Relay(RecommenderLogTests test) : IViewFactConsumer
    {
        public void Consume(ReadOnlySpan<ViewFact> facts)
        {
            ((IViewFactConsumer)test._recording).Consume(facts);
            test._recommender!.Consume(facts);
        }
    }
}
