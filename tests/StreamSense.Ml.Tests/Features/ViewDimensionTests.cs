using System.Text;
using StreamSense.Core;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Audiences;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Features.Segments;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests.Features;

/// <summary>Views that name country, device and the like once, as players do that send them with the request only.</summary>
public sealed class ViewDimensionTests
{
    private const string Named =
        "'source':'web','country':'DE','deviceKind':'tv','app':'tv 2','isp':'Net','cdn':'c','visit':'n','viewer':'ann','device':'d'";

    private static readonly string AnotherVisit =
        View(Named.Replace("'visit':'n'", "'visit':'m'", StringComparison.Ordinal), "", "", "", view: "w", minute: 5);

    private static readonly string[] Dimensions = ["Country", "DeviceKind", "App", "Isp", "Source", "Cdn"];

    private static readonly FeatureSignal[] Signals =
    [
        FeatureSignal.ViewRequested, FeatureSignal.ViewStarted, FeatureSignal.ViewProgress, FeatureSignal.ViewEnded,
        FeatureSignal.Session,
    ];

    private static readonly EventTime Now = EventTime.From(new DateTimeOffset(2026, 3, 1, 21, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Features_ByADimensionThatTheViewNamedOnce_CountEachMomentOfIt(int shards)
    {
        await using StreamSensePipeline pipeline = Build(shards, out Func<Readers> readers);
        await FeedAsync(pipeline, View(Named, "", "", ""));

        Assert.All(Values(pipeline, readers()), feature => Assert.Equal((feature.Name, 1), feature));
    }

    [Fact]
    public async Task Features_EventsInAnyOrderOfArrival_AreThoseOfTheirOrder()
    {
        // Places in a sequence are counted by source, so that every event names its own.
        const string web = "'source':'web'";
        string[] lines = View(Named, web, web, web).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int seed = 0; seed < 12; seed++)
        {
            string[] shuffled = [.. lines];
            new Random(seed).Shuffle(shuffled);
            await using StreamSensePipeline pipeline = Build(shards: 1, out Func<Readers> readers);
            await FeedAsync(pipeline, string.Join('\n', shuffled) + "\n");

            Assert.All(Values(pipeline, readers()), feature => Assert.Equal((feature.Name, 1), feature));
        }
    }

    [Fact]
    public async Task Features_DimensionsNamedByTurns_AreTheLatestOfEach()
    {
        await using StreamSensePipeline pipeline = Build(shards: 1, out Func<Readers> readers);
        await FeedAsync(pipeline, View("'country':'FR','deviceKind':'tv','viewer':'ann'", "'country':'DE'", "'app':'tv 2'", "'isp':'Net'"));

        Dictionary<string, float> values = Values(pipeline, readers()).ToDictionary(feature => feature.Name, feature => feature.Value);
        Assert.Equal((0, 1, 1), (values["Country.view_requested"], values["Country.view_started"], values["Country.session"]));
        Assert.Equal((1, 1, 1), (values["DeviceKind.view_requested"], values["DeviceKind.view_started"], values["DeviceKind.session"]));
        Assert.Equal((0, 1, 1), (values["App.view_started"], values["App.view_progress"], values["App.session"]));
        Assert.Equal((0, 1, 1), (values["Isp.view_progress"], values["Isp.view_ended"], values["Isp.session"]));
    }

    [Fact]
    public async Task Trending_OfACountryThatTheViewNamedOnce_HasItsTitle()
    {
        await using StreamSensePipeline pipeline = Build(shards: 1, out Func<Readers> readers);
        await FeedAsync(pipeline, View(Named, "", "", ""));

        var titles = new TitleId[4];
        var query = new FeatureQuery(ViewerId.None, ConsentPurposes.All, Now);
        int found = readers().Trending.Retrieve(new CandidateRequest(query, pipeline.Vocabulary.Countries.Intern("DE")), titles);
        Assert.Equal([NameTable.IdOf("film")], titles[..found]);
        Assert.Equal(0, readers().Trending.Retrieve(new CandidateRequest(query, pipeline.Vocabulary.Countries.Intern("FR")), titles));
    }

    [Fact]
    public async Task Segments_ByCountryAndDeviceThatTheViewNamedOnce_HaveItsViewer()
    {
        await using StreamSensePipeline pipeline = Build(shards: 1, out Func<Readers> readers);
        await FeedAsync(pipeline, View(Named, "", "", ""));

        ViewerId ann = pipeline.Pseudonymizer.Viewer("ann"u8);
        Assert.True(readers().Book.TryRead(ann, out ViewerTraits traits));
        Assert.Equal("DE", pipeline.Vocabulary.Countries.NameOf(traits.Country));
        Assert.Equal("tv", pipeline.Vocabulary.DeviceKinds.NameOf(traits.DeviceKind));
        Assert.NotEqual(0UL, readers().Segments.SegmentsOf(ann));
    }

    [Fact]
    public async Task VisitFeature_OfViewsInTwoVisits_TellsThemApart()
    {
        await using StreamSensePipeline pipeline = Build(shards: 1, out Func<Readers> readers);
        await FeedAsync(pipeline, View(Named, "", "", "") + AnotherVisit);

        Readers made = readers();
        var columns = new float[made.Engine.Layout.Count];
        made.Engine.Fill(
            new FeatureQuery(pipeline.Pseudonymizer.Viewer("ann"u8), ConsentPurposes.All, Now), [NameTable.IdOf("film")], columns);
        Assert.Equal(2, columns[made.Engine.Layout.IndexOf("visits")]);
    }

    private static IEnumerable<(string Name, float Value)> Values(StreamSensePipeline pipeline, Readers readers)
    {
        Vocabulary vocabulary = pipeline.Vocabulary;
        var query = new FeatureQuery(ViewerId.None, ConsentPurposes.All, Now)
        {
            Dimensions = new EventContext
            {
                Source = vocabulary.Sources.Intern("web"),
                Country = vocabulary.Countries.Intern("DE"),
                DeviceKind = vocabulary.DeviceKinds.Intern("tv"),
                App = vocabulary.Apps.Intern("tv 2"),
                Isp = vocabulary.Isps.Intern("Net"),
            },
            Cdn = vocabulary.Cdns.Intern("c"),
        };
        var columns = new float[readers.Engine.Layout.Count];
        readers.Engine.Fill(query, [NameTable.IdOf("film")], columns);
        foreach (string dimension in Dimensions)
        {
            foreach (FeatureSignal signal in Signals)
            {
                string name = $"{dimension}.{signal}";
                yield return (name, columns[readers.Engine.Layout.IndexOf(name)]);
            }
        }
    }

    private static string View(string request, string start, string beat, string end, string view = "v", int minute = 0)
    {
        string Line(int sequence, string kind, int second, string own, string said) =>
            $"{{'kind':'{kind}','time':'2026-03-01T20:{minute:00}:{second:00}Z','view':'{view}','seq':{sequence}{own}"
            + (said.Length == 0 ? "}\n" : $",{said}}}\n");
        return (Line(0, "playback_request", 0, ",'title':'film'", request)
            + Line(1, "playback_start", 1, "", start)
            + Line(2, "heartbeat", 10, ",'state':'playing','playheadMs':9000", beat)
            + Line(3, "playback_end", 20, ",'reason':'quit'", end)).Replace('\'', '"');
    }

    private static StreamSensePipeline Build(int shards, out Func<Readers> readers)
    {
        Readers? made = null;
        readers = () => made!;
        return StreamSensePipeline.CreateBuilder()
            .UseTime(new FakeTimeProvider())
            .Configure(options =>
            {
                options.Shards = shards;
                options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation);
                options.Ndjson.TrustReceived = true;
            })
            .Attach(pipeline => made = new Readers(pipeline.Vocabulary))
            .Build();
    }

    private static async Task FeedAsync(StreamSensePipeline pipeline, string lines)
    {
        pipeline.StartPassive();
        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            door.Ingest.Begin();
            door.Ingest.Feed(Encoding.UTF8.GetBytes(lines));
            Assert.Empty(door.Ingest.Complete().Errors);
        }

        await pipeline.DrainAsync();
    }

    /// <summary>All that reads the dimensions of views: features, an audience's trending titles, and segments.</summary>
    private sealed class Readers : IEventConsumer, IViewFactConsumer, IPlaybackSessionConsumer, IDisposable
    {
        private readonly RuleSegments _rules;

        public Readers(Vocabulary vocabulary)
        {
            var features = new FeatureSetBuilder();
            foreach (string dimension in Dimensions)
            {
                foreach (FeatureSignal signal in Signals)
                {
                    features.Add(new FeatureDefinition($"{dimension}.{signal}", FeatureScope.Dimension)
                    {
                        Dimension = Enum.Parse<FeatureDimension>(dimension), Rule = new TotalRule(new EventSelector(signal)),
                    });
                }
            }

            features.Add("visits", FeatureScope.Viewer, new VisitRule(VisitMeasure.Visits, new EventSelector(FeatureSignal.ViewStarted)));
            Engine = new FeatureEngine(features.Build(), new Catalogue(vocabulary), vocabulary);
            Trending = new AudienceTrendingCandidates(new CountryAudience(), vocabulary);
            Book = new ViewerBook(vocabulary);
            Segments = new SegmentTable(100, "german_tv");
            _rules = new RuleSegments(
                Book, Segments, vocabulary, AudienceRule.Parse("german_tv", "country == \"DE\" and device_kind == \"tv\""));
        }

        public FeatureEngine Engine { get; }

        public AudienceTrendingCandidates Trending { get; }

        public ViewerBook Book { get; }

        public SegmentTable Segments { get; }

        public void Consume(in EventBatch batch)
        {
            Engine.Consume(batch);
            _rules.Consume(batch);
        }

        public void Consume(ReadOnlySpan<ViewFact> facts)
        {
            Engine.Consume(facts);
            Trending.Consume(facts);
            _rules.Consume(facts);
        }

        public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Engine.Add(session, watched);

        public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Engine.Retract(session, watched);

        public void Dispose()
        {
            Engine.Dispose();
            Book.Dispose();
            Segments.Dispose();
        }
    }
}
