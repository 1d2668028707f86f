using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Metrics.Conversion;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics.Conversion;

public sealed class ConversionTests
{
    private static readonly EventKind[] Kinds =
        [EventKind.Impression, EventKind.Impression, EventKind.Click, EventKind.DetailView, EventKind.ListAdd, EventKind.PlaybackStart];

    private readonly Vocabulary _vocabulary = new();

    [Fact]
    public void Rates_OfASurface_AreOverItsImpressions()
    {
        ConversionMetrics metrics = Measure(
            Of(EventKind.Impression, 0, title: 1, surface: "home", row: 0, position: 5),
            Of(EventKind.Impression, 0, title: 2, surface: "home", row: 0, position: 1),
            Of(EventKind.Impression, 0, title: 3, surface: "home", row: 9, position: 40),
            Of(EventKind.Impression, 0, title: 3, surface: "search"),
            Of(EventKind.Click, 1, title: 1, surface: "home", row: 0, position: 5),
            Of(EventKind.DetailView, 2, title: 1, surface: "home", row: 0, position: 5),
            Of(EventKind.ListAdd, 3, title: 2),
            Of(EventKind.PlaybackStart, 4, title: 1));

        PlaceMetrics home = metrics.Surfaces.Single(surface => surface.Surface == "home");
        Assert.Equal((3.0, 1.0, 1.0), (home.Impressions, home.Clicks, home.DetailViews));
        Assert.Equal((1.0, 1.0), (home.AttributedPlays, home.AttributedListAdds));
        Assert.Equal((1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0), (home.ClickThroughRate, home.DetailViewRate, home.PlayRate, home.ListAddRate));
        Assert.Equal(0.25, metrics.Totals.PlayRate);
        Assert.Equal(0.0, metrics.Surfaces.Single(surface => surface.Surface == "search").PlayRate);
        Assert.Equal(
            [("home", "0", "1", 1.0), ("home", "0", "4-7", 1.0), ("home", "8-15", "32+", 1.0), ("search", null, null, 1.0)],
            metrics.Places.Select(place => (place.Surface, place.Rows, place.Positions, place.Impressions)));
    }

    [Fact]
    public void Plays_OfARankingRequest_GoWithItsImpressionHoweverLate()
    {
        ConversionMetrics metrics = Measure(
            Of(EventKind.Impression, 0, surface: "home", request: 7),
            Of(EventKind.Impression, 10, surface: "search", request: 8),
            Of(EventKind.PlaybackStart, 100_000, request: 7, viewer: 99));

        Assert.Equal(1, metrics.Surfaces.Single(surface => surface.Surface == "home").AttributedPlays);
        Assert.Equal(0.5, metrics.Totals.PlayRate);
    }

    [Fact]
    public void Plays_ThatBeganBeforeTheirImpressionWasTold_GoWithTheNextOfTheRequest() =>
        Assert.Equal(
            1, Measure(Of(EventKind.PlaybackStart, 0, request: 7), Of(EventKind.Impression, 1, request: 7)).Totals.AttributedPlays);

    [Fact]
    public void Plays_BeyondTheHorizonOrOfAnotherViewerOrBefore_AreOwedToNothing()
    {
        ConversionMetrics metrics = Measure(
            Of(EventKind.PlaybackStart, 0), Of(EventKind.Impression, 1), Of(EventKind.PlaybackStart, 3_602),
            Of(EventKind.PlaybackStart, 2, viewer: 2), Of(EventKind.PlaybackStart, 2, title: 9));

        Assert.Equal((4.0, 0.0), (metrics.Plays, metrics.Totals.AttributedPlays));
    }

    [Fact]
    public void Plays_OwedToASampledImpression_CountAsOftenAsItDoes()
    {
        PlaceMetrics totals = Measure(Of(EventKind.Impression, 0, weight: 10), Of(EventKind.Impression, 0, title: 2, weight: 10),
            Of(EventKind.PlaybackStart, 1)).Totals;

        Assert.Equal((20.0, 10.0, 0.5), (totals.Impressions, totals.AttributedPlays, totals.PlayRate));
    }

    [Fact]
    public void Clicks_ThatDoNotSayWhere_GoWhereTheirImpressionWas()
    {
        ConversionMetrics metrics = Measure(
            Of(EventKind.Impression, 0, surface: "home"),
            Of(EventKind.Click, 1),
            Of(EventKind.Click, 2, title: 5),
            Of(EventKind.Click, 3, viewer: 0));

        Assert.Equal(3, metrics.Totals.Clicks);
        Assert.Equal([(null, 2.0), ("home", 1.0)], metrics.Surfaces.Select(surface => (surface.Surface, surface.Clicks)));
    }

    [Fact]
    public void Rates_WithoutImpressions_AreNull() => Assert.Null(Measure(Of(EventKind.PlaybackStart, 0)).Totals.PlayRate);

    [Fact]
    public void Places_BeyondTheBound_ShareOther()
    {
        var recorder = new ConversionRecorder(new ConversionOptions { MaxPlaces = 1 });
        Apply(recorder, Of(EventKind.Impression, 0, surface: "home"));
        Apply(recorder, Of(EventKind.Impression, 0, title: 2, surface: "search"));
        Apply(recorder, Of(EventKind.PlaybackStart, 1, title: 2));
        ConversionMetrics metrics = ConversionMetrics.Of(recorder.Copy(), _vocabulary, new ConversionOptions());

        Assert.Equal([("home", 0.0), ("other", 1.0)], metrics.Surfaces.Select(surface => (surface.Surface!, surface.AttributedPlays)));
        Assert.Equal(1, metrics.OverflowedPlaces);
    }

    [Fact]
    public void Pairs_WithTooManyMarks_KeepTheLatestAndCountTheRest()
    {
        ConversionMetrics metrics = Measure(
            [.. Enumerable.Range(0, 20).Select(i => Of(EventKind.Impression, i, id: i + 1)), Of(EventKind.PlaybackStart, 30)]);

        Assert.Equal((20.0, 1.0, 13L), (metrics.Totals.Impressions, metrics.Totals.AttributedPlays, metrics.DroppedMarks));
    }

    [Fact]
    public void Retract_OfAPlay_UndoesIt() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<Done> done = RandomDoings(seed.Get);
        var recorder = new ConversionRecorder(new ConversionOptions());
        List<Done> plays = [.. done.Where(one => one.Event.Kind == EventKind.PlaybackStart)];
        done.ForEach(one => Apply(recorder, one));
        plays.ForEach(play => recorder.Retract(play.Session, default));
        return TextOf(Record(done.Except(plays))) == TextOf(recorder.Copy());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Metrics_OfAnyDoings_AreThoseOfANaiveJoin() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<Done> done = RandomDoings(seed.Get);
        ConversionMetrics metrics = Measure([.. done]);
        Done[] shown = [.. done.Where(one => one.Event.Kind == EventKind.Impression)];
        double plays = 0;
        foreach (Done play in done.Where(one => one.Event.Kind == EventKind.PlaybackStart))
        {
            IEnumerable<Done> candidates = play.Request != 0
                ? shown.Where(one => one.Request == play.Request && one.Event.Title == play.Event.Title)
                : shown.Where(one => one.Event.Viewer == play.Event.Viewer && one.Event.Title == play.Event.Title
                    && play.Event.Time - one.Event.Time <= TimeSpan.FromHours(1) && one.Event.Time <= play.Event.Time);
            Done[] ordered = [.. candidates.OrderBy(one => one.Event.Time).ThenBy(one => one.Event.Id.Value)];
            Done? owed = ordered.LastOrDefault(one => one.Event.Time <= play.Event.Time) ?? ordered.FirstOrDefault();
            plays += owed is null ? 0 : owed.Shown.Weight;
        }

        double Sum(EventKind kind) => done.Where(one => one.Event.Kind == kind).Sum(one => one.Shown.Weight);
        Assert.Equal(0, metrics.DroppedMarks);
        Assert.Equal(Sum(EventKind.Impression), metrics.Totals.Impressions);
        Assert.Equal(Sum(EventKind.Click), metrics.Totals.Clicks);
        Assert.Equal(plays, metrics.Totals.AttributedPlays);
        Assert.Equal(metrics.Totals.Impressions, metrics.Surfaces.Sum(surface => surface.Impressions));
        Assert.Equal(metrics.Totals.Clicks, metrics.Surfaces.Sum(surface => surface.Clicks));
        Assert.Equal(plays, metrics.Places.Sum(place => place.AttributedPlays));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Merge_OfShardsInAnyOrder_IsOneReport() => Prop.ForAll<PositiveInt>(seed => Sections.IsOneWhateverTheOrder(
        seed.Get, RandomDoings(seed.Get), Record, (a, b) => a.Merge(b), ConversionPartial.Empty, TextOf))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Apply_OfKnownPairs_AllocatesNothing()
    {
        var recorder = new ConversionRecorder(new ConversionOptions());
        Done[] done = [.. RandomDoings(7)];
        Assert.Equal(0, Sections.LeastAllocated(() =>
        {
            foreach (Done one in done)
            {
                Apply(recorder, one);
            }
        }));
    }

    private static void Apply(ConversionRecorder recorder, Done done)
    {
        if (done.Event.Kind == EventKind.PlaybackStart)
        {
            recorder.Add(done.Session, default);
        }
        else
        {
            recorder.Apply(done.Event);
        }
    }

    private static ConversionPartial Record(IEnumerable<Done> done)
    {
        var recorder = new ConversionRecorder(new ConversionOptions());
        foreach (Done one in done)
        {
            Apply(recorder, one);
        }

        return recorder.Copy();
    }

    private ConversionMetrics Measure(params Done[] done) => ConversionMetrics.Of(Record(done), _vocabulary, new ConversionOptions());

    private string TextOf(ConversionPartial partial) => Sections.TextOf(writer =>
        ConversionWriter.Write(writer, ConversionMetrics.Of(partial, _vocabulary, new ConversionOptions())));

    // Few enough of each pair that none has too many marks.
    private List<Done> RandomDoings(int seed)
    {
        var random = new Random(seed);
        var perPair = new Dictionary<(bool, int, int), int>();
        var list = new List<Done>();
        for (int id = 1; id <= 150; id++)
        {
            int viewer = random.Next(1, 8);
            int title = random.Next(1, 8);
            int request = random.Next(3) == 0 ? random.Next(1, 10) : 0;
            if (++CountOf((false, viewer, title)) <= 8 && ++CountOf((true, request, title)) <= (request == 0 ? 150 : 8))
            {
                list.Add(Of(
                    Kinds[random.Next(Kinds.Length)], random.Next(10_000), title, random.Next(3) == 0 ? "" : "s" + random.Next(2),
                    random.Next(12), random.Next(12), request, viewer, random.Next(1, 5) / 2f, id));
            }
        }

        return list;

        ref int CountOf((bool, int, int) pair) =>
            ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(perPair, pair, out _);
    }

    private Done Of(
        EventKind kind, int second, int title = 1, string surface = "", int row = Absent.Number, int position = Absent.Number,
        int request = 0, int viewer = 1, float weight = 1, int id = 1)
    {
        StreamEvent e = Sections.Event(kind, second * Sections.Second, id, viewer, title: title);
        PlaybackSession session = default;
        if (kind == EventKind.PlaybackStart)
        {
            session = Sections.Play(id, second * Sections.Second, Sections.Minute, viewer, title);
            session.Request = new RequestId((ulong)request);
        }
        else if (kind != EventKind.ListAdd)
        {
            e.PayloadAs<ShownPayload>() = new ShownPayload
            {
                Surface = _vocabulary.Surfaces.Intern(surface),
                Row = row,
                Position = position,
                Request = new RequestId((ulong)request),
                Weight = weight,
            };
        }

        return new Done(e, session, request);
    }

    private sealed record Done(StreamEvent Event, PlaybackSession Session, int Request)
    {
        public ShownPayload Shown => Event.ReadPayload<ShownPayload>();
    }
}
