using System.Buffers;
using System.Text;
using System.Text.Json;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Sessions;
using StreamSense.Core.Tests.Metrics;

namespace StreamSense.Core.Tests.Sessions;

/// <summary>The dimensions of a view are the latest that its events named, whoever asks for them.</summary>
public sealed class ViewContextTests
{
    private static readonly string[] Names = ["country", "deviceKind", "app", "asn", "isp"];

    [Fact]
    public void Consume_DimensionsThatOnlyTheRequestNames_AreThoseOfRecordAndFacts()
    {
        var vocabulary = new Vocabulary();
        Outcome outcome = Run(vocabulary, EngineMeasure.EventsOf(
            new Script()
                .Request(0, "'country':'DE','deviceKind':'tv','app':'tv 2','asn':'AS1','isp':'Net','cdn':'c','visit':'n','variants':{'a':'b'}")
                .At(1, "playback_start").Beat(10).Beat(20).End(30).Lines,
            vocabulary));

        PlaybackSession session = outcome.Sessions.Only;
        Assert.Equal("DE tv tv 2 AS1 Net web", TextOf(vocabulary, session.Context));
        Assert.Equal("""{"a":"b"}""", vocabulary.Variants.NameOf(vocabulary.Contexts[session.Context].Variants));
        Assert.Equal(("DE", "tv"), (vocabulary.Countries.NameOf(session.Country), vocabulary.DeviceKinds.NameOf(session.DeviceKind)));
        Assert.Equal(5, outcome.Facts.All.Count);
        Assert.All(outcome.Facts.All, fact => Assert.Equal("DE tv tv 2 AS1 Net web", TextOf(vocabulary, fact.Context)));
        Assert.Contains("\"source\":\"web\",\"app\":\"tv 2\",\"cdn\":\"c\",\"country\":\"DE\",\"deviceKind\":\"tv\"", Json(vocabulary, session));
    }

    [Fact]
    public void Consume_RandomViewsThatNameNowThisNowThat_HaveTheLatestOfEach()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var vocabulary = new Vocabulary();
            List<StreamEvent> events = EngineMeasure.EventsOf(RandomLines(new Random(seed), values: 3), vocabulary);
            Outcome outcome = Run(vocabulary, events);

            Assert.Equal(6, outcome.Sessions.All.Count);
            foreach (PlaybackSession session in outcome.Sessions.All)
            {
                EventContext expected = Latest(vocabulary, events, session.View, session.Ended);
                Assert.Equal(expected, vocabulary.Contexts[session.Context]);
                Assert.Equal((expected.Country, expected.DeviceKind), (session.Country, session.DeviceKind));
            }

            foreach (ViewFact fact in outcome.Facts.All)
            {
                EventContext expected = Latest(vocabulary, events, fact.View, fact.Time);
                Assert.Equal(expected, vocabulary.Contexts[fact.Context]);
                Assert.Equal(expected.Consent, fact.Consent);
            }
        }
    }

    [Fact]
    public void Consume_EventsInAnyOrder_GivesTheContextOfTheirOrder()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var vocabulary = new Vocabulary();
            var random = new Random(seed);
            List<StreamEvent> events = EngineMeasure.EventsOf(RandomLines(random, values: 3), vocabulary);
            StreamEvent[] shuffled = [.. events];
            random.Shuffle(shuffled);
            var inOrder = Run(vocabulary, events).Sessions.All.ToDictionary(session => session.View, session => session.Context);

            Outcome late = Run(vocabulary, shuffled);

            Assert.Equal(0, late.Stage.UnamendedEvents);
            Assert.Equal(inOrder, late.Sessions.All.ToDictionary(session => session.View, session => session.Context));
        }
    }

    [Fact]
    public void Consume_AFullTableOfContexts_LosesNothingThatWasNamedBefore()
    {
        var vocabulary = new Vocabulary(contextCapacity: 64);
        Script script = new Script().Request(0, "'country':'DE','app':'tv 2','asn':'AS1'");
        for (int i = 0; i < 500; i++)
        {
            script.Request(2, $"'country':'C{i % 90}','app':'app {i}','asn':'AS{i}'", view: $"other {i}");
        }

        Outcome outcome = Run(vocabulary, EngineMeasure.EventsOf(script.At(3, "playback_start").Beat(10).End(20).Lines, vocabulary));

        Assert.True(vocabulary.Contexts.Overflowed > 0);
        PlaybackSession session = outcome.Sessions.All.Single(known => known.IsPlay);
        Assert.Equal("DE - tv 2 AS1 - web", TextOf(vocabulary, session.Context));
    }

    [Fact]
    public void Consume_RandomViewsAndAFullTable_KeepsSourceAndConsentAndMakesNothingUp()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var vocabulary = new Vocabulary(contextCapacity: 64);
            var random = new Random(seed);
            List<StreamEvent> events = EngineMeasure.EventsOf(RandomLines(random, values: 200), vocabulary);
            List<PlaybackSession> sessions = Run(vocabulary, events).Sessions.All;

            // What is taken back has the context that it had, and what is added again that of its order.
            StreamEvent[] shuffled = [.. events];
            random.Shuffle(shuffled);
            Assert.Equal(
                sessions.ToDictionary(session => session.View, session => session.Context),
                Run(vocabulary, shuffled).Sessions.All.ToDictionary(session => session.View, session => session.Context));
            foreach (PlaybackSession session in sessions)
            {
                EventContext expected = Latest(vocabulary, events, session.View, session.Ended);
                EventContext actual = vocabulary.Contexts[session.Context];
                Assert.Equal((expected.Source, expected.Consent, expected.Version), (actual.Source, actual.Consent, actual.Version));
                Assert.True(actual.Country.IsNone || !expected.Country.IsNone);
                Assert.True(actual.App.IsNone || !expected.App.IsNone);
                Assert.True(actual.Asn.IsNone || !expected.Asn.IsNone);
            }
        }
    }

    [Fact]
    public void IsKnown_AnEventThatNamesNothing_IsWhatTheViewKnows()
    {
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(
            new Script()
                .Request(0, "'country':'DE','app':'tv 2','viewer':'ann','device':'d','household':'h','visit':'n','cdn':'c'")
                .At(1, "heartbeat").At(2, "heartbeat").At(3, "heartbeat", "'country':'DE'").At(4, "heartbeat", "'asn':'AS1'").Lines,
            vocabulary);
        var observer = new MetricsRecorder(new MetricsOptions());
        var identity = new ViewIdentity(vocabulary.Contexts, observer, new PlayRuns(observer));
        ViewRow view = default;
        view.Open(events[0].View, events[0].Time.UnixMicroseconds);
        identity.Note(ref view, events[0]);
        identity.Note(ref view, events[1]);
        Assert.True(ViewIdentity.IsKnown(view, events[2]));
        Assert.False(ViewIdentity.IsKnown(view, events[0]));

        // Players that name by turns this and that: contexts are merged for each event, and allocate nothing.
        ViewRow turning = view;
        Assert.Equal(0, Sections.LeastAllocated(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                identity.Note(ref turning, events[1 + (i % 4)]);
            }
        }));
        Assert.Equal("DE - tv 2 AS1 - web", TextOf(vocabulary, turning.Context));
    }

    private static Outcome Run(Vocabulary vocabulary, IReadOnlyList<StreamEvent> events)
    {
        var facts = new CollectingFacts();
        var sessions = new CollectingSessions();
        TimeSpan window = TimeSpan.FromMinutes(10);
        var stage = new SessionStage(
            vocabulary,
            new SessionOptions { AllowedLateness = window, AmendmentWindow = window },
            facts: facts,
            sessions: sessions);
        stage.Consume(new EventBatch(0, [.. events], annex: null));
        stage.CloseAll();
        return new Outcome(stage, facts, sessions);
    }

    // Every event at a time of its own, so that a fact's time tells which of them it knew.
    private static List<string> RandomLines(Random random, int values)
    {
        var script = new Script();
        double at = 0;
        for (int view = 0; view < 6; view++)
        {
            string name = $"v{view}";
            script.Request(at++, Said(random, values), name).At(at++, "playback_start", Said(random, values), name);
            for (int i = 0; i < 12; i++)
            {
                string kind = random.Next(6) switch { 0 => "pause", 1 => "resume", _ => "heartbeat" };
                string state = kind == "heartbeat" ? "'state':'playing'," : "";
                script.At(at++, kind, (state + Said(random, values)).TrimEnd(','), name);
            }

            script.At(at++, "playback_end", ("'reason':'quit'," + Said(random, values)).TrimEnd(','), name);
        }

        return script.Lines;
    }

    private static string Said(Random random, int values)
    {
        var said = new List<string>();
        foreach (string name in Names)
        {
            if (random.Next(4) == 0)
            {
                said.Add($"'{name}':'{name} {random.Next(values)}'");
            }
        }

        if (random.Next(6) == 0)
        {
            said.Add("'consent':['measurement']");
        }

        return string.Join(',', said);
    }

    private static EventContext Latest(Vocabulary vocabulary, IEnumerable<StreamEvent> events, ViewId view, EventTime until)
    {
        EventContext latest = default;
        foreach (StreamEvent e in events)
        {
            if (e.View == view && e.Time <= until && e.Context != default)
            {
                EventContext said = vocabulary.Contexts[e.Context];
                latest = said with
                {
                    Source = said.Source.IsNone ? latest.Source : said.Source,
                    Country = said.Country.IsNone ? latest.Country : said.Country,
                    DeviceKind = said.DeviceKind.IsNone ? latest.DeviceKind : said.DeviceKind,
                    App = said.App.IsNone ? latest.App : said.App,
                    Asn = said.Asn.IsNone ? latest.Asn : said.Asn,
                    Isp = said.Isp.IsNone ? latest.Isp : said.Isp,
                    Variants = said.Variants.IsNone ? latest.Variants : said.Variants,
                };
            }
        }

        return latest;
    }

    private static string TextOf(Vocabulary vocabulary, ContextId id)
    {
        EventContext context = vocabulary.Contexts[id];
        string?[] names =
        [
            vocabulary.Countries.NameOf(context.Country), vocabulary.DeviceKinds.NameOf(context.DeviceKind),
            vocabulary.Apps.NameOf(context.App), vocabulary.Asns.NameOf(context.Asn), vocabulary.Isps.NameOf(context.Isp),
            vocabulary.Sources.NameOf(context.Source),
        ];
        return string.Join(' ', names.Select(name => string.IsNullOrEmpty(name) ? "-" : name));
    }

    private static string Json(Vocabulary vocabulary, in PlaybackSession session)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            PlaybackSessionWriter.Write(writer, session, vocabulary);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private sealed record Outcome(SessionStage Stage, CollectingFacts Facts, CollectingSessions Sessions);
}
