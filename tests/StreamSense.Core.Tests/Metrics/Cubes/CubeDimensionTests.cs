using System.Buffers;
using System.Text;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Sessions;
using StreamSense.Testing.Simulation;

namespace StreamSense.Core.Tests.Metrics.Cubes;

public sealed class CubeDimensionTests
{
    [Fact]
    public void Query_ByWhatTheCatalogueSays_CountsOnceInEachGenre()
    {
        CubeMeasure measure = CubeMeasure.Run(
            new Script()
                .At(-10, "title", "'title':'a','type':'movie','genres':['Drama','Crime']", view: "cat")
                .At(-9, "title", "'title':'b','type':'episode','series':'s','genres':['Crime']", view: "cat")
                .Request(0, title: "a", view: "1").End(5, view: "1")
                .Request(0, title: "b", view: "2").End(5, view: "2")
                .Request(0, title: "c", view: "3").End(5, view: "3").Lines,
            new CubeOptions
            {
                Groupings =
                [
                    new CubeGrouping(CubeDimension.Type), new CubeGrouping(CubeDimension.Genre), new CubeGrouping(CubeDimension.Series),
                    new CubeGrouping(CubeDimension.Genre, CubeDimension.Type),
                ],
            });

        Assert.Equal(new() { ["movie"] = 1, ["episode"] = 1, ["-"] = 1 }, measure.Attempts(CubeDimension.Type));
        Assert.Equal(new() { ["Drama"] = 1, ["Crime"] = 2, ["-"] = 1 }, measure.Attempts(CubeDimension.Genre));
        Assert.Equal(new() { ["s"] = 1, ["-"] = 2 }, measure.Attempts(CubeDimension.Series));
        Assert.Equal(
            new() { ["movie/Drama"] = 1, ["movie/Crime"] = 1, ["episode/Crime"] = 1, ["-/-"] = 1 },
            measure.Attempts(CubeDimension.Type, CubeDimension.Genre));
        Assert.Equal(3, measure.Attempts()[""]);
    }

    [Fact]
    public void Query_AProjectionThatWouldCountGenresTwice_IsRefused()
    {
        CubeMeasure measure = CubeMeasure.Run(
            [], new CubeOptions { Groupings = [new CubeGrouping(CubeDimension.Genre, CubeDimension.Type)] });

        Assert.Throws<ArgumentException>(() => measure.Attempts(CubeDimension.Type));
        Assert.Empty(measure.Attempts(CubeDimension.Genre));
    }

    [Fact]
    public void Query_ByPlan_IsThePlanWhenTheAttemptBegan()
    {
        CubeMeasure measure = CubeMeasure.Run(
            new Script()
                .At(0, "profile", "'viewer':'ann','plan':'basic'", view: "p1")
                .At(100, "plan_changed", "'viewer':'ann','plan':'premium'", view: "p2")
                .At(50, "subscription_started", "'household':'h','plan':'family'", view: "p3")
                .At(150, "subscription_cancelled", "'household':'h','plan':'family'", view: "p4")
                .At(300, "subscription_expired", "'household':'h','plan':'family'", view: "p5")
                .Request(-5, "'viewer':'ann'", "1").End(5, view: "1")
                .Request(99, "'viewer':'ann'", "2").End(105, view: "2")
                .Request(101, "'viewer':'ann'", "3").End(110, view: "3")
                .Request(10, "'viewer':'bob','household':'h'", "4").End(20, view: "4")
                .Request(200, "'viewer':'bob','household':'h'", "5").End(210, view: "5")
                .Request(400, "'viewer':'bob','household':'h'", "6").End(410, view: "6").Lines,
            new CubeOptions { Groupings = [new CubeGrouping(CubeDimension.Plan)] });

        Assert.Equal(new() { ["basic"] = 2, ["premium"] = 1, ["family"] = 1, ["-"] = 2 }, measure.Attempts(CubeDimension.Plan));
    }

    [Fact]
    public void Query_BySegmentAndNetwork_AsksTheHostAndTheContext()
    {
        CubeMeasure measure = CubeMeasure.Run(
            new Script()
                .Request(0, "'viewer':'ann','asn':'AS1','app':'tv 2'", "1")
                .At(5, "playback_end", "'reason':'quit','asn':'AS1','app':'tv 2'", "1")
                .Request(0, "'asn':'AS2','app':'tv 2'", "2")
                .At(5, "playback_end", "'reason':'quit','asn':'AS2','app':'tv 2'", "2").Lines,
            new CubeOptions
            {
                Groupings = [new CubeGrouping(CubeDimension.Segment), new CubeGrouping(CubeDimension.App, CubeDimension.Asn)],
            },
            vocabulary => new KnownOrNot(vocabulary));

        Assert.Equal(new() { ["known"] = 1, ["-"] = 1 }, measure.Attempts(CubeDimension.Segment));
        Assert.Equal(new() { ["AS1/tv 2"] = 1, ["AS2/tv 2"] = 1 }, measure.Attempts(CubeDimension.Asn, CubeDimension.App));
        Assert.Equal(new() { ["tv 2"] = 2 }, measure.Attempts(CubeDimension.App));
    }

    [Fact]
    public void Consume_AppAndNetworkThatOnlyTheRequestNames_AreThoseOfTheView()
    {
        // Also an event that names another dimension has a context of its own.
        CubeMeasure measure = CubeMeasure.Run(
            new Script()
                .Request(0, "'asn':'AS1','app':'tv 2'", "1")
                .At(2, "heartbeat", "'country':'DE'", "1")
                .At(5, "playback_end", "'reason':'quit'", "1").Lines,
            new CubeOptions { Groupings = [new CubeGrouping(CubeDimension.App, CubeDimension.Asn)] });

        Assert.Equal(new() { ["AS1/tv 2"] = 1 }, measure.Attempts(CubeDimension.Asn, CubeDimension.App));
    }

    [Fact]
    public void Retract_AfterTheCatalogueChanged_TakesBackWhatWasAdded()
    {
        CubeMeasure measure = CubeMeasure.Run(
            new Script().At(0, "title", "'title':'a','genres':['Drama']", view: "cat").Lines,
            new CubeOptions { Groupings = [new CubeGrouping(CubeDimension.Genre)], MaxRememberedSessions = 1 });
        PlaybackSession session = new RandomSessions(measure.Vocabulary, 1).Next();
        session.Title = NameTable.IdOf("a");
        session.Attempted = session.Ended = session.FirstFrame = EventTime.From(Script.Start) + TimeSpan.FromHours(1);
        measure.Cube.Add(session, []);

        // The row from which on the title is of another genre comes late.
        CubeMeasure other = CubeMeasure.Run(
            new Script().At(60, "title", "'title':'a','genres':['Crime']", view: "cat").Lines, new CubeOptions());
        Assert.True(other.Titles.TryGet(session.Title, session.Attempted, out _));
        measure.Cube.Retract(session, []);

        Assert.Equal(new() { ["Drama"] = 0 }, measure.Attempts(CubeDimension.Genre));
        Assert.Equal(0, measure.Cube.ForgottenSessions);
        PlaybackSession next = session;
        next.View = new ViewId(99);
        measure.Cube.Add(next, []);
        measure.Cube.Retract(session, []);
        Assert.Equal(1, measure.Cube.ForgottenSessions);
    }

    [Fact]
    public void Totals_OfASimulatedAudience_AreThoseOfTheMetrics()
    {
        var simulation = new ViewerSimulation(new ViewerSimulationOptions { Seed = 4, Viewers = 40 });
        CubeMeasure measure = CubeMeasure.Run(simulation.Lines(), new CubeOptions());
        QualityMetrics expected = measure.Metrics.Totals;
        CubeMetrics actual = measure.Cube.Snapshot().Query(new CubeQuery { Level = CubeLevel.Day })[0].Metrics;

        Assert.True(actual.Plays > 20);
        Assert.Equal(
            (expected.Attempts, expected.Plays, expected.Stalls, expected.Watch, expected.Play, expected.Stall, expected.Ad),
            (actual.Attempts, actual.Plays, actual.Stalls, actual.Watch, actual.Play, actual.Stall, actual.Ad));
        Assert.Equal(
            (expected.BufferingRatio, expected.AverageBitrateKbps, expected.AverageWatchSeconds, expected.Startup),
            (actual.BufferingRatio, actual.AverageBitrateKbps, actual.AverageWatchSeconds, actual.Startup));
        Assert.Equal(
            (expected.StartFailures, expected.StartDenials, expected.ExitsBeforeStart, expected.ExitsInPreroll, expected.PlaybackFailures),
            (actual.StartFailures, actual.StartDenials, actual.ExitsBeforeStart, actual.ExitsInPreroll, actual.PlaybackFailures));
        Assert.Equal(
            (expected.BounceRate, expected.CompletionRate, expected.StalledViewsShare),
            (actual.BounceRate, actual.CompletionRate, actual.StalledViewsShare));
    }

    [Fact]
    public void Write_Rows_IsJsonWithNullsWhereNothingHappened()
    {
        CubeMeasure measure = CubeMeasure.Run(
            new Script().Request(0, view: "1").End(5, view: "1").Lines,
            new CubeOptions { Groupings = [new CubeGrouping(CubeDimension.Country)] });
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            CubeWriter.Write(
                writer,
                measure.Cube.Snapshot().Query(new CubeQuery { Level = CubeLevel.Hour, By = [CubeDimension.Country] }));
        }

        string json = Encoding.UTF8.GetString(buffer.WrittenSpan);
        Assert.StartsWith(
            """[{"from":"2026-01-01T12:00:00Z","to":"2026-01-01T13:00:00Z","by":{"country":null},"metrics":{"attempts":1,"plays":0,""",
            json,
            StringComparison.Ordinal);
        Assert.Contains("\"bufferingRatio\":null", json, StringComparison.Ordinal);
        Assert.Contains("\"startupMs\":{\"p50\":null,\"p95\":null}", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ValuesOutOfRange_Throws()
    {
        Assert.Throws<ArgumentException>(() => new CubeGrouping());
        Assert.Throws<ArgumentException>(() => new CubeGrouping(CubeDimension.Cdn, CubeDimension.Cdn));
        Assert.Throws<ArgumentException>(() => new CubeGrouping((CubeDimension)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CubeOptions { HourRetention = TimeSpan.FromHours(-1) }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new CubeOptions { MaxCellsPerLevel = 5 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new CubeOptions { Groupings = [new CubeGrouping(CubeDimension.App) { MaxValues = 0 }] }.Validate());
        new CubeOptions { DayRetention = TimeSpan.Zero, Groupings = [] }.Validate();
    }

    private sealed class KnownOrNot(Vocabulary vocabulary) : IViewerSegments
    {
        public Symbol SegmentOf(ViewerId viewer, EventTime time) => viewer.IsNone ? Symbol.None : vocabulary.Terms.Intern("known");
    }
}
