using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Metrics.Requests;

namespace StreamSense.Core.Tests.Metrics.Requests;

public sealed class RequestsTests
{
    private readonly Vocabulary _vocabulary = new();

    [Fact]
    public void Metrics_OfRequests_AreTheirDefinitions()
    {
        DeliveryMetrics totals = Measure(
            Of(1, status: 200, cache: CacheStatus.Hit, bytes: 1_000_000, ttfb: 10, ttlb: 1_000, kbps: 4_000, startup: true),
            Of(2, status: 404, cache: CacheStatus.Miss, bytes: 500, ttfb: 40, kbps: 2_000),
            Of(3, status: 200, cache: CacheStatus.Error, ttfb: 50, starved: true),
            Of(4, status: 200, cache: CacheStatus.Pass, bytes: 1_000_000, ttlb: 3_000)).Totals;

        Assert.Equal((4.0, 1.0, 2_000_500.0), (totals.Requests, totals.StartupRequests, totals.Bytes));
        Assert.Equal((40L, 50L), (totals.TtfbP50Milliseconds, totals.TtfbP95Milliseconds));
        Assert.Equal(4_000, totals.ThroughputKbps);
        Assert.Equal(3_000, totals.MeasuredThroughputKbps);
        Assert.Equal((0.25, 0.5), (totals.CacheHitShare, totals.CacheHitRatio));
        Assert.Equal(1_000_000 / 2_000_500.0, totals.CacheHitBytesShare);
        Assert.Equal((0.5, 0.25), (totals.ErrorShare, totals.StarvedRequestsShare));
    }

    [Fact]
    public void Metrics_OfNothing_AreZeroesAndNulls()
    {
        DeliveryMetrics totals = Measure().Totals;

        Assert.Equal((0.0, 0.0), (totals.Requests, totals.Bytes));
        Assert.Null(totals.TtfbP50Milliseconds);
        Assert.Null(totals.ThroughputKbps);
        Assert.Null(totals.CacheHitShare);
        Assert.Null(totals.ErrorShare);
        Assert.Null(totals.StarvedRequestsShare);
    }

    [Fact]
    public void Metrics_OfAWeight_AreThoseOfAsManyRequests()
    {
        string weighed = TextOf(Record([Of(1, status: 200, bytes: 7, ttfb: 90, ttlb: 100, weight: 3), Of(2, status: 500, ttfb: 20)]));
        StreamEvent one = Of(1, status: 200, bytes: 7, ttfb: 90, ttlb: 100);

        Assert.Equal(TextOf(Record([one, one, one, Of(2, status: 500, ttfb: 20)])), weighed);
    }

    [Fact]
    public void Metrics_OfAFractionOfAWeight_CountItToTheMillionth() =>
        Assert.Equal(12.345678, Measure(Of(1, weight: 12.345678f)).Totals.Requests, 5);

    [Fact]
    public void ErrorShare_OfRequestsThatDoNotSay_IsOverThoseThatDo() =>
        Assert.Equal(1, Measure(Of(1), Of(2, status: 503)).Totals.ErrorShare);

    [Fact]
    public void Groups_BeyondTheBound_ShareOther()
    {
        var recorder = new RequestsRecorder(_vocabulary, new RequestOptions { MaxGroupValues = 2 });
        foreach (string cdn in new[] { "a", "b", "c", "d", "a" })
        {
            recorder.Apply(Of(1, cdn: cdn));
        }

        RequestMetrics metrics = RequestMetrics.Of(recorder.Copy(), _vocabulary);

        Assert.Equal([("a", 2.0), ("other", 2.0), ("b", 1.0)], metrics.Cdns.Select(cdn => (cdn.Name!, cdn.Requests)));
        Assert.Equal(2, metrics.OverflowedValues);
    }

    [Fact]
    public void Metrics_OfAnyRequests_AreThoseOfANaiveCount() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<StreamEvent> events = RandomRequests(seed.Get);
        RequestMetrics metrics = Measure([.. events]);
        foreach (var cdn in events.GroupBy(e => _vocabulary.Cdns.NameOf(e.Cdn)))
        {
            AssertNaive([.. cdn.Select(e => e.ReadPayload<MediaRequestPayload>())], metrics.Cdns.Single(group => group.Name == cdn.Key));
        }

        AssertNaive([.. events.Select(e => e.ReadPayload<MediaRequestPayload>())], metrics.Totals);
        Assert.Equal(metrics.Totals.Requests, metrics.Countries.Sum(group => group.Requests), 6);
        Assert.Equal(metrics.Totals.Requests, metrics.Asns.Sum(group => group.Requests), 6);
        Assert.Equal(metrics.Totals.Requests, metrics.ObjectTypes.Sum(group => group.Requests), 6);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Merge_OfShardsInAnyOrder_IsOneReport() => Prop.ForAll<PositiveInt>(seed => Sections.IsOneWhateverTheOrder(
        seed.Get, RandomRequests(seed.Get), Record, (a, b) => a.Merge(b), RequestsPartial.Empty, TextOf))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Apply_OfKnownValues_AllocatesNothing()
    {
        var recorder = new RequestsRecorder(_vocabulary, new RequestOptions());
        StreamEvent[] events = [.. RandomRequests(7)];
        Assert.Equal(0, Sections.LeastAllocated(() =>
        {
            foreach (ref readonly StreamEvent e in events.AsSpan())
            {
                recorder.Apply(e);
            }
        }));
    }

    private static void AssertNaive(MediaRequestPayload[] requests, DeliveryMetrics metrics)
    {
        double Sum(Func<MediaRequestPayload, bool> which, Func<MediaRequestPayload, double>? of = null) =>
            requests.Where(which).Sum(r => r.Weight * (of?.Invoke(r) ?? 1));
        double? Share(Func<MediaRequestPayload, bool> part, Func<MediaRequestPayload, bool> whole) =>
            Sum(whole) == 0 ? null : Sum(part) / Sum(whole);
        void AssertNear(double? expected, double? actual)
        {
            Assert.Equal(expected is null, actual is null);
            Assert.Equal(expected ?? 0, actual ?? 0, 1e-9 * Math.Max(1, Math.Abs(expected ?? 0)));
        }

        CacheStatus CacheOf(MediaRequestPayload r) => (CacheStatus)(r.CacheAndMarks & 15);
        AssertNear(requests.Sum(r => (double)r.Weight), metrics.Requests);
        AssertNear(Sum(r => r.Bytes > 0, r => r.Bytes), metrics.Bytes);
        AssertNear(Share(r => CacheOf(r) == CacheStatus.Hit, r => CacheOf(r) != CacheStatus.None), metrics.CacheHitShare);
        AssertNear(
            Share(r => r.Status >= 400 || CacheOf(r) == CacheStatus.Error, r => r.Status != 0 || CacheOf(r) != CacheStatus.None),
            metrics.ErrorShare);
        AssertNear(Share(r => (r.CacheAndMarks & 32) != 0, _ => true), metrics.StarvedRequestsShare);
        bool IsTimed(MediaRequestPayload r) => r.Bytes > 0 && r.TtlbMilliseconds > 0;
        double time = Sum(IsTimed, r => r.TtlbMilliseconds);
        AssertNear(time == 0 ? null : 8 * Sum(IsTimed, r => r.Bytes) / time, metrics.ThroughputKbps);
        AssertNear(QuantileOf(requests, 0.5), metrics.TtfbP50Milliseconds);
        AssertNear(QuantileOf(requests, 0.95), metrics.TtfbP95Milliseconds);
    }

    // Times up to 60 ms, which the sketch keeps exactly; weights are quarters.
    private static double? QuantileOf(MediaRequestPayload[] requests, double quantile)
    {
        MediaRequestPayload[] sorted = [.. requests.Where(r => r.TtfbMilliseconds >= 0).OrderBy(r => r.TtfbMilliseconds)];
        decimal rank = (decimal)quantile * sorted.Sum(r => (decimal)r.Weight);
        decimal seen = 0;
        foreach (MediaRequestPayload request in sorted)
        {
            seen += (decimal)request.Weight;
            if (seen >= rank)
            {
                return request.TtfbMilliseconds;
            }
        }

        return null;
    }

    private List<StreamEvent> RandomRequests(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(1, 200).Select(id => Of(
                id,
                random.Next(4) == 0 ? 0 : random.Next(2) == 0 ? 200 : random.Next(200, 600),
                (CacheStatus)random.Next(5),
                random.Next(3) == 0 ? Absent.Time : random.Next(10_000_000),
                random.Next(3) == 0 ? Absent.Number : random.Next(60),
                random.Next(3) == 0 ? Absent.Number : random.Next(5_000),
                random.Next(3) == 0 ? Absent.Number : random.Next(50_000),
                random.Next(2) == 0,
                random.Next(5) == 0,
                random.Next(2) == 0 ? 1 : random.Next(1, 40) / 4f,
                "cdn" + random.Next(3),
                "c" + random.Next(3),
                (byte)"mavx\0"[random.Next(5)])),
        ];
    }

    private RequestMetrics Measure(params StreamEvent[] events) => RequestMetrics.Of(Record(events), _vocabulary);

    private RequestsPartial Record(IEnumerable<StreamEvent> events)
    {
        var recorder = new RequestsRecorder(_vocabulary, new RequestOptions());
        foreach (StreamEvent e in events)
        {
            recorder.Apply(e);
        }

        return recorder.Copy();
    }

    private string TextOf(RequestsPartial partial) =>
        Sections.TextOf(writer => RequestsWriter.Write(writer, RequestMetrics.Of(partial, _vocabulary)));

    private StreamEvent Of(
        int id, int status = 0, CacheStatus cache = CacheStatus.None, long bytes = Absent.Time, int ttfb = Absent.Number,
        int ttlb = Absent.Number, int kbps = Absent.Number, bool startup = false, bool starved = false, float weight = 1,
        string cdn = "a", string country = "NL", byte type = (byte)'v')
    {
        StreamEvent e = Sections.Event(EventKind.MediaRequest, id, id);
        e.Cdn = _vocabulary.Cdns.Intern(cdn);
        e.Context = _vocabulary.Contexts.Intern(default(EventContext) with
        {
            Country = _vocabulary.Countries.Intern(country),
            Asn = _vocabulary.Asns.Intern("as" + country),
        });
        e.PayloadAs<MediaRequestPayload>() = new MediaRequestPayload
        {
            Bytes = bytes,
            TtfbMilliseconds = ttfb,
            TtlbMilliseconds = ttlb,
            DurationMilliseconds = Absent.Number,
            BitrateKbps = Absent.Number,
            BufferMilliseconds = Absent.Number,
            ThroughputKbps = kbps,
            Weight = weight,
            Status = (short)status,
            ObjectType = type,
            CacheAndMarks = (byte)((byte)cache | (startup ? 16 : 0) | (starved ? 32 : 0)),
        };
        return e;
    }
}
