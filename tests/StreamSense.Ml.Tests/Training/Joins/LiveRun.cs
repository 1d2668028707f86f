using System.Text;
using StreamSense.Core;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Training.Joins;
using StreamSense.Testing.Clock;
using StreamSense.Testing.Scripts;
using StreamSense.Testing.Simulation;

namespace StreamSense.Ml.Tests.Training.Joins;

/// <summary>A pipeline with a simulated audience, for whom titles are ranked and logged in between.</summary>
internal sealed class LiveRun
{
    public MemoryDecisionLog Log { get; } = new(64 * 1024 * 1024);

    public EventRecording Recording { get; private set; } = new();

    public Vocabulary Vocabulary { get; private set; } = new();

    public Pseudonymizer Pseudonymizer { get; } = new(Key());

    public List<string> Lines { get; } = [];

    public int Rankings { get; private set; }

    /// <summary>Lets the audience play, pumping and ranking now and then.</summary>
    public static async Task<LiveRun> PlayAsync(
        int seed = 1, int viewers = 30, bool withinTurn = false, int shards = 1, Func<Vocabulary, ReplayTarget>? create = null)
    {
        var run = new LiveRun();
        var time = new FakeTimeProvider();
        ReplayTarget? target = null;
        var relay = new Relay();
        StreamSensePipeline pipeline = StreamSensePipeline.CreateBuilder()
            .UseTime(time)
            .PseudonymiseWith(Key())
            .Configure(options =>
            {
                options.Ndjson.TrustReceived = true;
                options.Shards = shards;
            })
            .FollowWith(names =>
            {
                run.Vocabulary = names;
                target = create?.Invoke(names) ?? ReplayTarget.CreateEngine(StandardFeatures.Streaming, names);
                run.Recording = new EventRecording(behind: withinTurn ? target : null);
                relay.Facts = withinTurn ? [run.Recording] : [run.Recording, target];
                relay.Events = withinTurn ? [run.Recording] : [run.Recording, target];
                relay.Sessions = withinTurn ? [run.Recording] : [run.Recording, target];
                return relay;
            })
            .ObserveViews(relay)
            .FollowSessions(relay)
            .Build();
        await using (pipeline)
        {
            pipeline.StartPassive();
            using NdjsonDoor door = pipeline.RentNdjson();
            door.Ingest.Begin();
            var random = new Random(seed);
            int untilRanking = 40;
            var simulation = new ViewerSimulation(new ViewerSimulationOptions { Seed = seed, Viewers = viewers });
            foreach (ScriptedEvent scripted in simulation.Events())
            {
                run.Lines.Add(scripted.Line);
                door.Ingest.Feed(Encoding.UTF8.GetBytes(scripted.Line + "\n"));
                if (--untilRanking == 0)
                {
                    while (pipeline.Pump() > 0)
                    {
                    }

                    run.Rank(target!.Reader, random, viewers, scripted.Time);
                    untilRanking = random.Next(1, 120);
                }
            }

            await pipeline.DrainAsync();
        }

        target!.Dispose();
        return run;
    }

    private static PseudonymKey Key() => PseudonymKey.FromSecret("a secret of tests only"u8);

    private void Rank(IFeatureReader reader, Random random, int viewers, EventTime now)
    {
        var titles = new TitleId[random.Next(0, 30)];
        for (int i = 0; i < titles.Length; i++)
        {
            titles[i] = NameTable.IdOf($"title-{random.Next(55):000}");
        }

        titles = [.. titles.Distinct()];
        ConsentPurposes consent = random.Next(8) == 0 ? ConsentPurposes.Measurement : ConsentPurposes.All;
        ViewerId viewer = Pseudonymizer.Viewer(Encoding.UTF8.GetBytes($"viewer-{random.Next(viewers)}"));
        var query = new FeatureQuery(consent == ConsentPurposes.All ? viewer : ViewerId.None, consent, now)
        {
            Device = Pseudonymizer.Device(Encoding.UTF8.GetBytes($"device-{random.Next(viewers)}")),
            Dimensions = new EventContext { Country = Vocabulary.Countries.Intern("DE"), DeviceKind = Vocabulary.DeviceKinds.Intern("tv") },
            Surface = Vocabulary.Surfaces.Intern("home"),
            Cdn = Vocabulary.Cdns.Intern("north"),
            Position = random.Next(3) == 0 ? null : random.Next(20),
        };
        var features = new float[titles.Length * reader.Layout.Count];
        long position = reader.Position;
        reader.Fill(query, titles, features);
        Assert.True(Log.TryAppend(new RankingRecord
        {
            Request = new RequestId((ulong)++Rankings),
            Surface = 1,
            Time = query.Time,
            Viewer = query.Viewer,
            Device = query.Device,
            Consent = query.Consent,
            Dimensions = query.Dimensions,
            SurfaceName = query.Surface,
            Cdn = query.Cdn,
            Position = query.Position,
            StorePosition = position,
            Model = new ModelInfo("live", "1", reader.Layout.Hash),
            Layout = reader.Layout,
            Candidates = titles,
            Features = features,
        }));
    }

    private sealed class Relay : IHistoryConsumer
    {
        public IPlaybackSessionConsumer[] Sessions { get; set; } = [];

        public IEventConsumer[] Events { get; set; } = [];

        public IViewFactConsumer[] Facts { get; set; } = [];

        public void Consume(in EventBatch batch)
        {
            foreach (IEventConsumer consumer in Events)
            {
                consumer.Consume(batch);
            }
        }

        public void Consume(ReadOnlySpan<ViewFact> facts)
        {
            foreach (IViewFactConsumer consumer in Facts)
            {
                consumer.Consume(facts);
            }
        }

        public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
        {
            foreach (IPlaybackSessionConsumer consumer in Sessions)
            {
                consumer.Add(session, watched);
            }
        }

        public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
        {
            foreach (IPlaybackSessionConsumer consumer in Sessions)
            {
                consumer.Retract(session, watched);
            }
        }
    }
}
