using System.Collections.Concurrent;
using StreamSense.Core.Admission;
using StreamSense.Core.Admission.Identity;
using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Diagnostics;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core;

/// <summary>Events in, metrics out: the whole way of an event in one object.</summary>
/// <remarks>
/// <para>Started, each shard runs on a thread of its own. Not started, the host moves events with <see cref="Pump"/>, on one thread at a
/// time: for tests and simulations.</para>
/// <para>Thread-safe except where a member says otherwise. What is rented (<see cref="RentWriter"/>, <see cref="RentNdjson"/>) belongs to
/// one thread at a time.</para>
/// </remarks>
public sealed class StreamSensePipeline : IAsyncDisposable
{
    private readonly PipelineOptions _options;
    private readonly LaneSet[] _lanes;
    private readonly PipelineShard[] _shards;
    private readonly ShardThread[] _threads;
    private readonly IReplaySource[] _replays;
    private readonly (IBatchSink Sink, DeliveryOptions? Options)[] _sinks;
    private readonly ConcurrentBag<NdjsonDoor> _doors = [];
    private readonly ConcurrentBag<MessagePackDoor> _batchDoors = [];
    private readonly DropCounters _drops = new();
    private readonly FailedEventFiles? _failedEvents;
    private readonly RecordCounter _written = new();
    private readonly Lock _lifecycle = new();
    private volatile bool _open;
    private readonly MetricCube[] _cubes;
    private volatile bool _threaded;
    private Task? _stopped;

    internal StreamSensePipeline(
        PipelineOptions options,
        Vocabulary vocabulary,
        Pseudonymizer pseudonymizer,
        FailedEventFiles? failedEvents,
        TimeProvider time,
        IEventConsumer[] followers,
        IViewFactConsumer? observer,
        IPlaybackSessionConsumer? closed,
        (CubeOptions Options, IViewerSegments? Segments)? cube,
        IReplaySource[] replays,
        IEnumerable<(IBatchSink Sink, DeliveryOptions? Options)> sinks)
    {
        _options = options;
        _replays = replays;
        Vocabulary = vocabulary;
        Pseudonymizer = pseudonymizer;
        Time = time;
        FailedEvents = new FailedEvents(options.FailedEventBytes, store: failedEvents);
        Titles = new TitleTable(vocabulary);
        ConsentChoices = new ConsentLedger(options.ConsentChoices);
        _failedEvents = failedEvents;
        _lanes = new LaneSet[options.Shards];
        _shards = new PipelineShard[options.Shards];
        _threads = new ShardThread[options.Shards];
        _cubes = cube is null ? [] : new MetricCube[options.Shards];
        ViewerPlans? plans = null;
        for (int i = 0; i < _shards.Length; i++)
        {
            _lanes[i] = new LaneSet(options.Lanes, _drops);
            IPlaybackSessionConsumer? takers = closed;
            if (cube is { } declared)
            {
                plans ??= new ViewerPlans(declared.Options.MaxPlans);
                _cubes[i] = new MetricCube(vocabulary, Titles, declared.Options, declared.Segments, plans);
                takers = closed is null ? _cubes[i] : new SessionFanOut([_cubes[i], closed]);
            }

            var sessions = new SessionStage(vocabulary, options.Sessions, options.Metrics, observer, takers, Titles);
            _shards[i] = new PipelineShard(options, _lanes[i], vocabulary, ConsentChoices, sessions, followers, time, FailedEvents)
            {
                Cube = cube is null ? null : _cubes[i],
            };
            _threads[i] = new ShardThread(_shards[i], options.WaitStrategy, $"StreamSense shard {i}");
        }

        _sinks = [.. sinks];
    }

    /// <summary>The names of titles and dimensions.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Turns raw ids into the pseudonyms of this pipeline.</summary>
    public Pseudonymizer Pseudonymizer { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>What viewers and devices chose by <c>consent_change</c>.</summary>
    public ConsentLedger ConsentChoices { get; }

    /// <summary>Records that did not pass the door, with their reasons.</summary>
    public FailedEvents FailedEvents { get; }

    /// <summary>What the catalogue says, as its <c>title</c> rows came to the door.</summary>
    public TitleTable Titles { get; }

    /// <summary>Counts what comes to the door.</summary>
    public IngestCounters Counters { get; } = new();

    /// <summary>Counts what is lost behind the door, by reason.</summary>
    public DropCounters Drops => _drops;

    /// <summary>The deliveries to the sinks, with their accounts; none before the start.</summary>
    public IReadOnlyList<BatchingDelivery> Deliveries { get; private set; } = [];

    /// <summary>What was read back at start; one entry a source.</summary>
    public IReadOnlyList<ReplaySummary> Replays { get; private set; } = [];

    /// <summary>Whether every shard is at work.</summary>
    public bool IsRunning => _threaded && _stopped is null && Array.TrueForAll(_threads, thread => !thread.Ended.IsCompleted);

    /// <summary>What a stage threw, which is a defect and ended its shard; null while all is well.</summary>
    public Exception? Failure => Array.Find(_threads, thread => thread.Ended.IsFaulted)?.Ended.Exception?.GetBaseException();

    /// <summary>What became of the input records so far.</summary>
    public PipelineTotals Totals
    {
        get
        {
            AdmissionTotals admitted = default;
            foreach (PipelineShard shard in _shards)
            {
                admitted = AdmissionTotals.Merge(admitted, shard.Totals);
            }

            return PipelineTotals.Of(Counters, _written.Count, admitted, _drops.Total - _drops[DropReason.BroadcastCopy]);
        }
    }

    /// <summary>What is known of who is who, and what was joined by it.</summary>
    public IdentityCounts Identity => _shards.Aggregate(default(IdentityCounts), (sum, shard) => IdentityCounts.Merge(sum, shard.Identity));

    /// <summary>The followers that belong to the pipeline.</summary>
    internal IReadOnlyList<AttachedFollower> Attached { get; init; } = [];

    /// <summary>How many events wait in the lanes for their shard.</summary>
    public long Pending => _lanes.Sum(lanes => lanes.Pending);

    /// <summary>Begins to build a pipeline.</summary>
    public static StreamSensePipelineBuilder CreateBuilder() => new();

    /// <summary>Reads back what the sinks kept, then begins to work on threads of its own.</summary>
    /// <param name="cancellationToken">Ends the reading back.</param>
    /// <exception cref="InvalidOperationException">The pipeline was started before.</exception>
    public void Start(CancellationToken cancellationToken = default)
    {
        Open(cancellationToken);
        _threaded = true;
        foreach (ShardThread thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Reads back what the sinks kept and starts the deliveries; the host moves events with <see cref="Pump"/>.</summary>
    /// <param name="cancellationToken">Ends the reading back.</param>
    /// <exception cref="InvalidOperationException">The pipeline was started before.</exception>
    public void StartPassive(CancellationToken cancellationToken = default) => Open(cancellationToken);

    /// <summary>Moves events through every shard on the calling thread; only for a pipeline that has no threads of its own.</summary>
    /// <param name="budget">How many events each shard takes from its lanes at most.</param>
    /// <returns>How much was done; 0 if there was nothing to do.</returns>
    /// <exception cref="InvalidOperationException">The pipeline works on threads of its own.</exception>
    public int Pump(int budget = 4096)
    {
        ThrowIfThreaded();
        int done = 0;
        foreach (PipelineShard shard in _shards)
        {
            done += shard.Pump(budget);
        }

        return done;
    }

    /// <summary>A writer of the host's own events, for one thread at a time; dispose of it to return it.</summary>
    /// <remarks>Every event written counts as an offered record.</remarks>
    /// <exception cref="InvalidOperationException">As many writers are rented as <see cref="LaneOptions.MaxLanes"/> allows.</exception>
    public EventWriter RentWriter() => new(_lanes, _drops, _options.Writers, _written, Titles);

    /// <summary>A writer for a reader of a format that counts its records in <see cref="Counters"/>; dispose of it to return it.</summary>
    /// <exception cref="InvalidOperationException">As many writers are rented as <see cref="LaneOptions.MaxLanes"/> allows.</exception>
    public EventWriter RentUncountedWriter() => new(_lanes, _drops, _options.Writers, records: null, Titles);

    /// <summary>A reader of canonical NDJSON that writes into this pipeline, for one thread at a time; dispose of it to return
    /// it.</summary>
    /// <exception cref="InvalidOperationException">As many writers are rented as <see cref="LaneOptions.MaxLanes"/> allows.</exception>
    public NdjsonDoor RentNdjson()
    {
        if (!_doors.TryTake(out NdjsonDoor? door))
        {
            EventWriter writer = RentUncountedWriter();
            var decoder = new NdjsonDecoder(Vocabulary, Pseudonymizer, _options.Ndjson, ConsentChoices);
            door = new NdjsonDoor(new NdjsonIngest(decoder, writer, Counters, FailedEvents), writer, ReturnDoor);
        }

        return door;
    }

    /// <summary>A reader of MessagePack batches that writes into this pipeline, for one thread at a time; dispose of it to return
    /// it.</summary>
    /// <exception cref="InvalidOperationException">As many writers are rented as <see cref="LaneOptions.MaxLanes"/> allows.</exception>
    public MessagePackDoor RentMessagePack()
    {
        if (!_batchDoors.TryTake(out MessagePackDoor? door))
        {
            EventWriter writer = RentUncountedWriter();
            var decoder = new MessagePackDecoder(Vocabulary, Pseudonymizer, _options.Ndjson, _options.MessagePack, ConsentChoices);
            door = new MessagePackDoor(new MessagePackIngest(decoder, writer, Counters, FailedEvents), writer, ReturnDoor);
        }

        return door;
    }

    /// <summary>A reader of bodies of another format that writes into this pipeline, for one thread at a time; dispose of it to return
    /// its writer.</summary>
    /// <param name="translator">Knows the format: one of <c>Ingest</c>'s, a <see cref="Ingest.Mapping.MappingTranslator"/>, or your own.
    /// Used by this door alone.</param>
    /// <exception cref="InvalidOperationException">As many writers are rented as <see cref="LaneOptions.MaxLanes"/> allows.</exception>
    public TranslatedDoor OpenDoor(IRecordTranslator translator)
    {
        ArgumentNullException.ThrowIfNull(translator);
        EventWriter writer = RentUncountedWriter();
        var decoder = new NdjsonDecoder(Vocabulary, Pseudonymizer, _options.Ndjson, ConsentChoices);
        return new TranslatedDoor(new TranslatedIngest(translator, decoder, writer, Counters, FailedEvents), writer);
    }

    /// <summary>Applies everything that was written before the call, without waiting for missing or earlier events any more.</summary>
    /// <remarks>For tests, samples and shutdown: events that come later than this and belong before what was applied lose their
    /// place.</remarks>
    public async ValueTask DrainAsync()
    {
        if (_threaded)
        {
            await Task.WhenAll(_shards.Select(shard => shard.RequestDrain())).ConfigureAwait(false);
            return;
        }

        foreach (PipelineShard shard in _shards)
        {
            shard.Drain();
        }
    }

    /// <summary>The metrics as of now: a copy that each shard makes between two batches.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectDisposedException">The pipeline has stopped.</exception>
    public async ValueTask<MetricsSnapshot> ReadMetricsAsync(CancellationToken cancellationToken = default)
    {
        if (!_threaded)
        {
            return MetricsSnapshot.Merge(_shards.Select(shard => shard.Snapshot()), EventTime.From(Time.GetUtcNow()));
        }

        MetricsPartial[] partials = await Task.WhenAll(_shards.Select(shard => shard.RequestSnapshot()))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return MetricsSnapshot.Merge(partials, EventTime.From(Time.GetUtcNow()));
    }

    /// <summary>The cube of the closed sessions as of now; no shard waits for it, whatever it holds.</summary>
    /// <exception cref="InvalidOperationException">The pipeline was built without a cube.</exception>
    public CubeSnapshot ReadCube() => _cubes.Length > 0
        ? CubeSnapshot.Merge(_cubes.Select(cube => cube.Snapshot()))
        : throw new InvalidOperationException("The pipeline was built without a cube; ask the builder to KeepCube.");

    /// <summary>How well each source delivers, as of now: a copy that each shard makes between two batches.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectDisposedException">The pipeline has stopped.</exception>
    public async ValueTask<Scorecard> ReadScorecardAsync(CancellationToken cancellationToken = default)
    {
        if (!_threaded)
        {
            return Scorecard.Merge(Vocabulary, _shards.Select(shard => shard.Scorecard()), Counters);
        }

        ScorecardPartial[] partials = await Task.WhenAll(_shards.Select(shard => shard.RequestScorecard()))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return Scorecard.Merge(Vocabulary, partials, Counters);
    }

    /// <summary>Takes no more events, applies those that came, delivers them to the sinks and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        Task stopped;
        lock (_lifecycle)
        {
            stopped = _stopped ??= StopAsync();
        }

        await stopped.ConfigureAwait(false);
    }

    private async Task StopAsync()
    {
        foreach (LaneSet lanes in _lanes)
        {
            lanes.Close();
        }

        if (_threaded)
        {
            foreach (ShardThread thread in _threads)
            {
                thread.Stop();
            }

            await Task.WhenAll(_threads.Select(thread => thread.Ended)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
        {
            await DrainAsync().ConfigureAwait(false);
        }

        foreach (BatchingDelivery delivery in Deliveries)
        {
            await delivery.DisposeAsync().ConfigureAwait(false);
        }

        // A pipeline that was never started, or did not get that far, has no deliveries that would do it.
        if (Deliveries.Count == 0)
        {
            foreach ((IBatchSink sink, _) in _sinks)
            {
                await sink.DisposeAsync().ConfigureAwait(false);
            }
        }

        while (_doors.TryTake(out NdjsonDoor? door))
        {
            door.Writer.Dispose();
        }

        while (_batchDoors.TryTake(out MessagePackDoor? door))
        {
            door.Writer.Dispose();
        }

        // Not before: the shards feed them until they end.
        foreach (AttachedFollower follower in Attached)
        {
            follower.Dispose();
        }

        _failedEvents?.Dispose();
    }

    private void Open(CancellationToken cancellationToken)
    {
        lock (_lifecycle)
        {
            if (_open || _stopped is not null)
            {
                throw new InvalidOperationException("A pipeline is started once.");
            }

            _open = true;
        }

        Replays = Array.ConvertAll(_replays, replay => Replay(replay, cancellationToken));

        // Their cursors begin here: what was read back is not delivered again.
        Deliveries = Array.ConvertAll(_sinks, sink =>
            new BatchingDelivery(sink.Sink, Array.ConvertAll(_shards, shard => shard.Ring), sink.Options, Time));
        foreach (BatchingDelivery delivery in Deliveries)
        {
            delivery.Start();
        }
    }

    private ReplaySummary Replay(IReplaySource source, CancellationToken cancellationToken)
    {
        NdjsonOptions options = _options.Ndjson.Copy();
        options.TrustPseudonyms = true;
        options.TrustReceived = true;
        var ingest = new NdjsonIngest(
            new NdjsonDecoder(Vocabulary, Pseudonymizer, options, ConsentChoices),
            new ReplayReceiver(_shards, Titles),
            Counters,
            FailedEvents);
        ingest.Begin();
        ReplaySummary summary = source.Replay(ingest.Feed, cancellationToken);
        ingest.Complete();
        foreach (PipelineShard shard in _shards)
        {
            shard.Drain();
        }

        return summary;
    }

    private void ReturnDoor(NdjsonDoor door)
    {
        if (_stopped is null)
        {
            _doors.Add(door);
        }
        else
        {
            door.Writer.Dispose();
        }
    }

    private void ReturnDoor(MessagePackDoor door)
    {
        if (_stopped is null)
        {
            _batchDoors.Add(door);
        }
        else
        {
            door.Writer.Dispose();
        }
    }

    private void ThrowIfThreaded()
    {
        if (_threaded)
        {
            throw new InvalidOperationException("The pipeline works on threads of its own; start it passive to pump it.");
        }
    }
}
