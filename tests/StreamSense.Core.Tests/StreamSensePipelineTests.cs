using System.Buffers;
using System.Text;
using System.Text.Json;
using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Ingest;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Core.Tests.Sessions.Oracle;
using StreamSense.Core.Windows;
using StreamSense.Testing.Clock;
using StreamSense.Testing.Simulation;
using StreamSense.Testing.Sinks;

namespace StreamSense.Core.Tests;

public sealed class StreamSensePipelineTests
{
    // Well below how many events of one view may wait for an earlier one.
    private const int RunThatWaits = 400;

    private static readonly PseudonymKey Key = PseudonymKey.FromSecret("a secret of the test, long enough"u8);

    private static readonly MetricsDimension[] Dimensions =
        [MetricsDimension.Title, MetricsDimension.Cdn, MetricsDimension.Country, MetricsDimension.DeviceKind];

    [Fact]
    public async Task ReadMetrics_SimulatedEvening_AreThoseOfTheOracle()
    {
        List<string> lines = Evening(viewers: 60);
        await using StreamSensePipeline pipeline = Passive();
        await Feed(pipeline, lines);
        MetricsSnapshot metrics = await pipeline.ReadMetricsAsync();
        OracleReport oracle = OracleMeasure.Run(lines);
        Assert.True(oracle["plays"] > 50m);
        Assert.Equal(oracle["attempts"], metrics.Totals.Attempts);
        Assert.Equal(oracle["plays"], metrics.Totals.Plays);
        Assert.Equal((double)oracle["stallSeconds"]!.Value, metrics.Totals.Stall.TotalSeconds, 6);
        Assert.Equal((double)oracle["playSeconds"]!.Value, metrics.Totals.Play.TotalSeconds, 6);
        Assert.Equal((double)oracle["watchSeconds"]!.Value, metrics.Totals.Watch.TotalSeconds, 6);
        Assert.Equal(oracle["bitrateSwitches"], metrics.Totals.BitrateSwitches);
    }

    [Fact]
    public async Task Replay_OfWhatWasDelivered_GivesTheSameMetricsToTheBit()
    {
        StreamSensePipeline? live = null;
        var recorded = new RecordedLines(() => live!.Vocabulary);
        string before;
        long accepted;
        await using (live = Passive(shards: 1, deliverTo: recorded))
        {
            await Feed(live, Shuffled(Evening(viewers: 40)));
            before = await Json(live);
            accepted = live.Totals.Admitted.Accepted;
        }

        await using StreamSensePipeline again = Passive(shards: 1, replayFrom: recorded);
        Assert.Equal(before, await Json(again));
        Assert.Equal(accepted, again.Totals.Admitted.Accepted);
        Assert.Equal(0, again.Totals.Pending);
    }

    [Fact]
    public async Task Replay_ThenTheSameBodyAgain_CountsDuplicatesAndChangesNothing()
    {
        List<string> lines = Evening(viewers: 10);
        StreamSensePipeline? live = null;
        var recorded = new RecordedLines(() => live!.Vocabulary);
        string before;
        await using (live = Passive(shards: 1, deliverTo: recorded))
        {
            await Feed(live, lines);
            before = await Json(live);
        }

        await using StreamSensePipeline again = Passive(shards: 1, replayFrom: recorded);
        await Feed(again, lines);
        Assert.Equal(before, await Json(again));
        Assert.Equal(lines.Count, again.Totals.Admitted.Duplicates);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task ReadMetrics_SeveralShards_AreThoseOfOne(int shards)
    {
        List<string> lines = Evening(viewers: 60);
        await using StreamSensePipeline one = Passive();
        await using StreamSensePipeline several = Passive(shards);
        await Feed(one, lines);
        await Feed(several, lines);
        Assert.Equal(await Json(one), await Json(several));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task ReadCube_OfAnyShards_AddsUpToTheClosedSessionsOfTheReport(int shards)
    {
        var closed = new CountingSessions();
        await using StreamSensePipeline pipeline = Builder(new FakeTimeProvider(), shards).KeepCube().FollowSessions(closed).Build();
        pipeline.StartPassive();
        await Feed(pipeline, Evening(viewers: 60));
        MetricsSnapshot metrics = await pipeline.ReadMetricsAsync();
        CubeSnapshot cube = pipeline.ReadCube();
        CubeMetrics whole = cube.Query(new CubeQuery { Level = CubeLevel.Day }).Single().Metrics;
        IReadOnlyList<CubeRow> titles = cube.Query(new CubeQuery { Level = CubeLevel.Day, By = [CubeDimension.Title] });

        Assert.True(closed.Plays > 50);
        Assert.Equal(closed.Plays, whole.Plays);
        Assert.Equal(metrics.Engagement.Totals.EndedPlays, whole.Plays);
        Assert.Equal(closed.Playing, whole.Play);
        Assert.Equal(whole.Plays, titles.Sum(row => row.Metrics.Plays));
        Assert.True(titles.Count > 5);
    }

    [Fact]
    public async Task ReadCube_OfAPipelineWithoutOne_SaysSo()
    {
        await using StreamSensePipeline pipeline = Passive();
        Assert.Contains("KeepCube", Assert.Throws<InvalidOperationException>(pipeline.ReadCube).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadMetrics_EventsOfAViewInAnyOrder_AreTheSame()
    {
        List<string> lines = Evening(viewers: 20);
        await using StreamSensePipeline ordered = Passive();
        await Feed(ordered, lines);
        string expected = await Json(ordered);
        for (int seed = 1; seed <= 5; seed++)
        {
            await using StreamSensePipeline permuted = Passive();
            await Feed(permuted, Shuffled(lines, seed));
            Assert.Equal(expected, await Json(permuted));
        }
    }

    [Fact]
    public async Task ReadMetrics_EveryEventThreeTimes_AreTheSame()
    {
        List<string> lines = Evening(viewers: 20);
        await using StreamSensePipeline once = Passive();
        await using StreamSensePipeline thrice = Passive();
        await Feed(once, lines);
        await Feed(thrice, [.. lines.SelectMany(line => new[] { line, line, line })]);
        Assert.Equal(await Json(once), await Json(thrice));
        Assert.Equal(2 * lines.Count, thrice.Totals.Admitted.Duplicates);
    }

    [Fact]
    public async Task Totals_GoodAndBadRecords_AddUp()
    {
        List<string> lines = Evening(viewers: 10);
        lines.InsertRange(5, ["{", "nonsense", "{\"kind\":\"bogus\",\"time\":1}", "{\"kind\":\"heartbeat\",\"time\":1767225600000}"]);
        await using StreamSensePipeline pipeline = Passive();
        await Feed(pipeline, lines);
        PipelineTotals totals = pipeline.Totals;
        Assert.Equal(lines.Count, totals.Offered);
        Assert.Equal(4, totals.Rejected.Values.Sum());
        Assert.Equal(lines.Count - 4, totals.Admitted.Accepted);
        Assert.Equal(0, totals.Pending);
        Assert.Equal(4, pipeline.FailedEvents.Count);
        Assert.Equal(1, totals.Rejected[RejectReason.MissingField]);
    }

    [Fact]
    public async Task Totals_EventsThatTheHostWritesItself_AreOffered()
    {
        await using StreamSensePipeline pipeline = Passive(shards: 2);
        using (EventWriter writer = pipeline.RentWriter())
        {
            writer.Write(Admission.TestEvents.Numbered(1, 0, 0), default);
            writer.TryWrite([Admission.TestEvents.Numbered(2, 0, 0), Admission.TestEvents.Numbered(3, 0, 0)]);
        }

        await pipeline.DrainAsync();
        Assert.Equal((3L, 3L, 0L), (pipeline.Totals.Offered, pipeline.Totals.Admitted.Accepted, pipeline.Totals.Pending));
    }

    [Fact]
    public async Task Start_OnThreads_GivesTheMetricsOfThePassivePipeline()
    {
        List<string> lines = Evening(viewers: 40);
        await using StreamSensePipeline passive = Passive();
        await Feed(passive, lines);
        await using StreamSensePipeline threaded = Builder(new FakeTimeProvider(), shards: 2).Build();
        threaded.Start();
        Assert.True(threaded.IsRunning);
        await Feed(threaded, lines);
        Assert.Equal(await Json(passive), await Json(threaded));
        await threaded.DisposeAsync();
        Assert.False(threaded.IsRunning);
        Assert.Null(threaded.Failure);
    }

    [Fact]
    public async Task DisposeAsync_WithASink_DeliversEverythingFirst()
    {
        List<string> lines = Evening(viewers: 20);
        StreamSensePipeline? pipeline = null;
        var recorded = new RecordedLines(() => pipeline!.Vocabulary);
        pipeline = Builder(TimeProvider.System).DeliverTo(recorded).Build();
        pipeline.Start();
        await Feed(pipeline, lines);
        await pipeline.DisposeAsync();
        Assert.Equal(lines.Count, Encoding.UTF8.GetString(recorded.Bytes).Count(c => c == '\n'));
        DeliveryCounts counts = pipeline.Deliveries[0].Counts;
        Assert.Equal((lines.Count, lines.Count, 0L), (counts.Enqueued, counts.Applied, counts.Pending));
    }

    [Fact]
    public async Task DisposeAsync_NeverStarted_DisposesTheSinks()
    {
        var given = new CollectingSink();
        CollectingSink? made = null;
        StreamSensePipeline pipeline = Builder(TimeProvider.System).DeliverTo(given).DeliverTo(_ => made = new CollectingSink()).Build();
        await pipeline.DisposeAsync();

        Assert.True(given.IsDisposed);
        Assert.True(made!.IsDisposed);
    }

    [Fact]
    public async Task Pump_SilentView_EndsWithTheClockAlone()
    {
        var clock = new FakeTimeProvider();
        await using StreamSensePipeline pipeline = Builder(clock).Build();
        pipeline.StartPassive();
        await Feed(pipeline, ["""{"kind":"playback_request","time":1767225600000,"view":"v","title":"t","seq":0}"""]);
        Assert.Equal(1, (await pipeline.ReadMetricsAsync()).Totals.StillStarting);
        clock.Advance(TimeSpan.FromHours(6));
        pipeline.Pump();
        QualityMetrics totals = (await pipeline.ReadMetricsAsync()).Totals;
        Assert.Equal((0L, 1L), (totals.StillStarting, totals.ExitsBeforeStart));
    }

    [Theory]
    [InlineData(0, 3570, 0)]
    [InlineData(0, 3570, 900)]
    [InlineData(0, 3570, 18000)]
    [InlineData(11, 60, 18000)]
    public async Task Pump_SourceWithABacklog_KeepsItsViewsUntilItIsSilentItself(int minutes, int seconds, int ahead)
    {
        const long Begin = 1767225600;
        var clock = new FakeTimeProvider();
        await using StreamSensePipeline pipeline = Builder(clock).Build();
        pipeline.StartPassive();
        string Event(string kind, int second, string view, string source) =>
            $$"""{"kind":"{{kind}}","time":{{(Begin + second) * 1000}},"view":"{{view}}","title":"t","source":"{{source}}"}""";
        List<string> Beats(int from, int to) =>
            [.. Enumerable.Range(0, (to - from) / 30).Select(i => Event("heartbeat", from + (i * 30), "v", "web"))];

        await Feed(pipeline, [Event("playback_request", 0, "v", "web"), Event("playback_start", 0, "v", "web"), .. Beats(30, 90)]);

        // Another source is ahead; with minutes on the clock the first one has gone silent.
        await Feed(pipeline, [Event("playback_request", ahead, "w", "tv"), Event("playback_start", ahead, "w", "tv")]);
        clock.Advance(TimeSpan.FromMinutes(minutes));
        await Feed(pipeline, [Event("heartbeat", ahead + 5, "w", "tv")]);
        await Feed(pipeline, [.. Beats(90, 3601)]);

        QualityMetrics totals = (await pipeline.ReadMetricsAsync()).Totals;
        Assert.Equal(0, pipeline.Totals.Admitted.Late);
        Assert.Equal(TimeSpan.FromSeconds(seconds + 5), totals.Watch);
    }

    [Fact]
    public async Task Pump_ProcessOfAnyAge_ReleasesEventsInTime()
    {
        // A timestamp in nanoseconds times the ticks of a second is beyond 64 bits after a quarter of an hour.
        var clock = new NanosecondClock { Nanoseconds = (long.MaxValue / TimeSpan.TicksPerSecond) - 1_000_000_000 };
        await using StreamSensePipeline pipeline = Builder(clock).Build();
        pipeline.StartPassive();
        OfferAGap(pipeline);
        pipeline.Pump();
        clock.Nanoseconds += 11_000_000_000;
        pipeline.Pump();

        Assert.Equal(1, (await pipeline.ReadMetricsAsync()).Totals.Plays);
    }

    [Fact]
    public async Task Pump_EventBeyondAGap_IsAppliedWhenPatienceEnds()
    {
        var clock = new FakeTimeProvider();
        await using StreamSensePipeline pipeline = Builder(clock).Build();
        pipeline.StartPassive();
        OfferAGap(pipeline);
        pipeline.Pump();
        Assert.Equal(0, (await pipeline.ReadMetricsAsync()).Totals.Plays);
        clock.Advance(TimeSpan.FromSeconds(10));
        pipeline.Pump();
        Assert.Equal(1, (await pipeline.ReadMetricsAsync()).Totals.Plays);
    }

    [Fact]
    public async Task Start_Twice_Throws()
    {
        await using StreamSensePipeline pipeline = Passive();
        Assert.Throws<InvalidOperationException>(() => pipeline.Start());
    }

    private static StreamSensePipelineBuilder Builder(TimeProvider time, int shards = 1) => StreamSensePipeline.CreateBuilder()
        .UseTime(time)
        .PseudonymiseWith(Key)
        .Configure(options =>
        {
            options.Shards = shards;
            options.Ndjson.TrustReceived = true;
            options.Admission.Lateness = LatenessPolicy.AcceptAll;
            options.Lanes.SlotCount = 1 << 18;
        });

    private static StreamSensePipeline Passive(int shards = 1, IBatchSink? deliverTo = null, IReplaySource? replayFrom = null)
    {
        StreamSensePipelineBuilder builder = Builder(new FakeTimeProvider(), shards);
        if (deliverTo is not null)
        {
            builder.DeliverTo(deliverTo);
        }

        if (replayFrom is not null)
        {
            builder.ReplayFrom(replayFrom);
        }

        StreamSensePipeline pipeline = builder.Build();
        pipeline.StartPassive();
        return pipeline;
    }

    private static async Task Feed(StreamSensePipeline pipeline, List<string> lines)
    {
        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            door.Ingest.Begin();
            door.Ingest.Feed(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            door.Ingest.Complete();
        }

        await pipeline.DrainAsync();
    }

    // A start without the event before it: it waits for that.
    private static void OfferAGap(StreamSensePipeline pipeline)
    {
        using NdjsonDoor door = pipeline.RentNdjson();
        door.Ingest.Begin();
        door.Ingest.Feed("""
            {"kind":"playback_request","time":1767225600000,"view":"v","title":"t","seq":0}
            {"kind":"playback_start","time":1767225601000,"view":"v","seq":2}

            """u8);
        door.Ingest.Complete();
    }

    private static async Task<string> Json(StreamSensePipeline pipeline)
    {
        MetricsSnapshot snapshot = await pipeline.ReadMetricsAsync();
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        MetricsReportWriter.WriteMetrics(writer, snapshot.Totals);
        foreach (MetricsDimension dimension in Dimensions)
        {
            MetricsReportWriter.WriteGroups(writer, snapshot.By(dimension));
        }

        MetricsReportWriter.WriteWindows(writer, snapshot.Windows);
        writer.WriteEndArray();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static List<string> Evening(int viewers) =>
        [.. new ViewerSimulation(new ViewerSimulationOptions { Viewers = viewers, Duration = TimeSpan.FromHours(2) }).Lines()];

    // The events of a view change places among themselves; across views the order of arrival stays, as supersession looks at it.
    private static List<string> Shuffled(List<string> lines, int seed = 1)
    {
        var random = new Random(seed);
        string[] result = [.. lines];
        foreach (IGrouping<string, int> view in Enumerable.Range(0, lines.Count).GroupBy(i => ViewOf(lines[i]), StringComparer.Ordinal))
        {
            foreach (int[] places in view.Chunk(RunThatWaits).TakeWhile(_ => view.Key.Length > 0))
            {
                int[] from = [.. places];
                random.Shuffle(from);
                for (int i = 0; i < places.Length; i++)
                {
                    result[places[i]] = lines[from[i]];
                }
            }
        }

        return [.. result];
    }

    private static string ViewOf(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("view", out JsonElement view) ? view.GetString()! : "";
    }

    private sealed class CountingSessions : IPlaybackSessionConsumer
    {
        public long Plays { get; private set; }

        public TimeSpan Playing { get; private set; }

        public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(session, 1);

        public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(session, -1);

        private void Count(in PlaybackSession session, int sign)
        {
            Plays += session.IsPlay ? sign : 0;
            Playing += sign * TimeSpan.FromMicroseconds(session.Times.Playing);
        }
    }

    private sealed class NanosecondClock : TimeProvider
    {
        public long Nanoseconds { get; set; }

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => Nanoseconds;
    }
}
