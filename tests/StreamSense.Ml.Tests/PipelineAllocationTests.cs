using System.Text.Unicode;
using StreamSense.Contracts;
using StreamSense.Core;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests;

/// <summary>House rule 17: the whole way of an event, ingest to feature, allocates nothing once it is warm.</summary>
/// <remarks>Alone in the process: the threaded run counts what every thread allocates.</remarks>
[Collection(nameof(PipelineAllocationTests))]
[CollectionDefinition(nameof(PipelineAllocationTests), DisableParallelization = true)]
public sealed class PipelineAllocationTests
{
    private const int ViewsPerRound = 256;
    private const int EventsPerView = 24;
    private const int EventsPerRound = ViewsPerRound * EventsPerView;
    private const int Rounds = (1_000_000 / EventsPerRound) + 1;
    private const long Start = 1_767_225_600_000;

    private readonly byte[] _body = new byte[4 * 1024 * 1024];
    private readonly Relay _facts = new();
    private readonly StreamSensePipeline _pipeline;
    private readonly Recommender _recommender;
    private int _round;

    public PipelineAllocationTests()
    {
        _pipeline = StreamSensePipeline.CreateBuilder()
            .UseTime(new FakeTimeProvider())
            .Configure(options =>
            {
                // Bounds that the warm-up reaches: a table that may still grow is not warm.
                options.Ndjson.TrustReceived = true;
                options.Sessions.MaxViews = 16_384;
                options.Sessions.MaxEndedViews = 4_096;
                options.Sessions.MaxHistoryEvents = 65_536;
                options.Admission.MaxSequences = 16_384;
                options.Metrics.WindowCount = 30;
                options.Metrics.MaxConcurrencyPoints = 65_536;
                options.Metrics.ConcurrencyRetention = TimeSpan.FromMinutes(30);
            })
            .FollowWith(names => _facts.Recommender = CreateRecommender(names))
            .ObserveViews(_facts)
            .Build();
        _recommender = _facts.Recommender!;
    }

    [Fact]
    public async Task Pump_AMillionEventsFromIngestToFeature_AllocatesNothing()
    {
        await using StreamSensePipeline pipeline = _pipeline;
        using Recommender recommender = _recommender;
        pipeline.StartPassive();
        NdjsonDoor door = pipeline.RentNdjson();

        // The rounds are made and fed here, so the measure covers all of it.
        long allocated = Allocations.Least(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                Play(door);
            }
        });
        door.Dispose();
        MetricsSnapshot metrics = await pipeline.ReadMetricsAsync();
        Assert.Equal((long)_round * ViewsPerRound, metrics.Totals.Plays);
        Assert.Equal((long)_round * ViewsPerRound, metrics.Totals.Stalls);
        Assert.Equal((long)_round * EventsPerRound, pipeline.Totals.Admitted.Accepted);
        Assert.True(recommender.History.ViewerCount > 0);
        Assert.True(((FeatureEngine)recommender.Features).CountRows(FeatureScope.Viewer) > 0);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Start_OnAThread_AllocatesNothingPerEvent()
    {
        const int ThreadedRounds = 40;
        const int ThreadedRuns = 3;
        const long Unrelated = 64 * 1024;
        await using StreamSensePipeline pipeline = _pipeline;
        using Recommender recommender = _recommender;
        pipeline.Start();
        NdjsonDoor door = pipeline.RentNdjson();
        for (int i = 0; i < Rounds; i++)
        {
            Play(door);
        }

        await pipeline.DrainAsync();

        // Of the two threads that have to do with events, whatever others in the process allocate. Tables that know viewers and views
        // double now and then, until they reach their bounds: the least of several runs has none of it.
        long allocated = long.MaxValue;
        for (int run = 0; run < ThreadedRuns; run++)
        {
            long before = _facts.AllocatedByShard;
            long beforeWriting = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < ThreadedRounds; i++)
            {
                Play(door);
            }

            long written = GC.GetAllocatedBytesForCurrentThread() - beforeWriting;
            await pipeline.DrainAsync();
            allocated = Math.Min(allocated, written + _facts.AllocatedByShard - before);
        }

        door.Dispose();
        Assert.Equal((long)(Rounds + (ThreadedRuns * ThreadedRounds)) * EventsPerRound, pipeline.Totals.Admitted.Accepted);

        // What a thread allocates is counted in blocks of 8 KB; a quarter of a million events at one byte each would show.
        Assert.InRange(allocated, 0, Unrelated);
    }

    private static Recommender CreateRecommender(Vocabulary names) => Recommender
        .CreateBuilder(names, new Pseudonymizer(PseudonymKey.CreateRandom()))
        .WithoutDecisions()
        .Build();

    // One round: 256 views of half a minute, 24 events each, told in order of time and numbered.
    private void Play(NdjsonDoor door)
    {
        long start = Start + (_round * 40_000L);
        int length = 0;
        for (int step = 0; step < EventsPerView; step++)
        {
            for (int view = 0; view < ViewsPerRound; view++)
            {
                length += Write(_body.AsSpan(length), step, view, start + (step * 1_000));
            }
        }

        door.Ingest.Begin();
        for (int at = 0; at < length; at += 65_536)
        {
            door.Ingest.Feed(_body.AsSpan(at, Math.Min(65_536, length - at)));
            while (!_pipeline.IsRunning && _pipeline.Pump() > 0)
            {
            }
        }

        _round++;
    }

    private int Write(Span<byte> to, int step, int view, long time)
    {
        string kind = step switch
        {
            0 => "\"playback_request\",\"surface\":\"home\",\"position\":1",
            1 => "\"playback_start\",\"playheadMs\":0",
            2 => "\"bitrate_change\",\"bitrateKbps\":1800",
            10 => "\"buffer_start\",\"reason\":\"connection\"",
            11 => "\"buffer_end\"",
            EventsPerView - 1 => "\"playback_end\",\"reason\":\"quit\"",
            _ => "\"heartbeat\",\"state\":\"playing\",\"intervalMs\":1000,\"bitrateKbps\":1800",
        };
        int viewer = (_round * ViewsPerRound) + view;
        Utf8.TryWrite(
            to,
            $"{{\"kind\":{kind},\"time\":{time + view},\"source\":\"web\",\"seq\":{step},\"view\":\"v{viewer}\",\"viewer\":\"u{viewer % 5000}\",\"device\":\"d{viewer % 5000}\",\"title\":\"t{viewer % 200}\",\"country\":\"c{view % 5}\",\"cdn\":\"n{view % 3}\",\"deviceKind\":\"k{view % 4}\"}}\n",
            out int written);
        return written;
    }

    // The recommender is made from the pipeline's names, so it comes after the pipeline was told who observes.
    private sealed class Relay : IViewFactConsumer
    {
        private long _allocated;

        public Recommender? Recommender { get; set; }

        /// <summary>What the thread that brings the facts has allocated, up to the last of them.</summary>
        public long AllocatedByShard => Volatile.Read(ref _allocated);

        public void Consume(ReadOnlySpan<ViewFact> facts)
        {
            Recommender!.Consume(facts);
            Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
        }
    }
}
