using StreamSense.Core.Admission;
using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Canonical NDJSON as a history: files, or what a sink kept.</summary>
/// <remarks>
/// Each replay reads everything anew, puts it in the order of a closed set and lets the views tell their facts as a shard would, event by
/// event: a view that falls silent ends when the time of the stream says so, and not at the end of the file. Views that are still open at
/// the end stay open. One replay at a time.
/// </remarks>
public sealed class NdjsonHistory : IEventHistory
{
    private const int ChunkBytes = 128 * 1024;

    // As often as a live shard looks for views that have fallen silent.
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(1);

    private readonly Action<ReplayFeed, CancellationToken> _read;
    private readonly Vocabulary _vocabulary;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly NdjsonHistoryOptions _options;

    private NdjsonHistory(
        Action<ReplayFeed, CancellationToken> read, Vocabulary vocabulary, Pseudonymizer pseudonymizer, NdjsonHistoryOptions? options)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        _read = read;
        _vocabulary = vocabulary;
        _pseudonymizer = pseudonymizer;
        _options = options ?? new NdjsonHistoryOptions();
    }

    /// <summary>What became of the records of the last replay.</summary>
    public IngestResult? LastRead { get; private set; }

    /// <summary>Makes a history of files.</summary>
    /// <param name="paths">The files, one after the other.</param>
    /// <param name="vocabulary">Takes the names of titles and dimensions.</param>
    /// <param name="pseudonymizer">Makes pseudonyms of ids; that of the log for joining with it.</param>
    /// <param name="options">How they are read; null for the defaults.</param>
    public static NdjsonHistory FromFiles(
        IReadOnlyList<string> paths, Vocabulary vocabulary, Pseudonymizer pseudonymizer, NdjsonHistoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return new NdjsonHistory((feed, cancelled) => ReadFiles(paths, feed, cancelled), vocabulary, pseudonymizer, options);
    }

    /// <summary>Makes a history of what a sink kept.</summary>
    /// <param name="source">The reading half of the sink; its ids are pseudonyms already.</param>
    /// <param name="vocabulary">Takes the names of titles and dimensions.</param>
    /// <param name="pseudonymizer">That of the pipeline which wrote to the sink.</param>
    /// <param name="options">How it is read; null for the defaults. Pseudonyms and times of receipt are believed in any case.</param>
    public static NdjsonHistory FromSource(
        IReplaySource source, Vocabulary vocabulary, Pseudonymizer pseudonymizer, NdjsonHistoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new NdjsonHistoryOptions();
        var trusting = new NdjsonHistoryOptions
        {
            Ndjson = new NdjsonOptions
            {
                MaxLineBytes = options.Ndjson.MaxLineBytes,
                Consent = options.Ndjson.Consent,
                KeepEventIdText = options.Ndjson.KeepEventIdText,
                TrustPseudonyms = true,
                TrustReceived = true,
            },
            Sessions = options.Sessions,
            Set = options.Set,
            CatalogueFirst = options.CatalogueFirst,
        };
        return new NdjsonHistory((feed, cancelled) => source.Replay(feed, cancelled), vocabulary, pseudonymizer, trusting);
    }

    /// <inheritdoc/>
    public void Replay(IHistoryConsumer consumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        var set = new ClosedSet(_vocabulary, _options.Set);
        var ingest = new NdjsonIngest(new NdjsonDecoder(_vocabulary, _pseudonymizer, _options.Ndjson), set);
        ingest.Begin(default(EventTime));
        _read(ingest.Feed, cancellationToken);
        LastRead = ingest.Complete();

        var stage = new SessionStage(
            _vocabulary, _options.Sessions, new MetricsOptions { WindowCount = 0 }, facts: consumer, sessions: consumer);
        if (_options.CatalogueFirst)
        {
            set.DeliverTitles(stage);
            set.DeliverTitles(consumer);
        }

        set.Deliver(new Shard(stage, consumer), cancellationToken: cancellationToken);
    }

    private static void ReadFiles(IReadOnlyList<string> paths, ReplayFeed feed, CancellationToken cancelled)
    {
        byte[] chunk = new byte[ChunkBytes];
        foreach (string path in paths)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            byte last = (byte)'\n';
            for (int read = file.Read(chunk); read > 0; read = file.Read(chunk))
            {
                cancelled.ThrowIfCancellationRequested();
                feed(chunk.AsSpan(0, read));
                last = chunk[read - 1];
            }

            if (last != (byte)'\n')
            {
                feed("\n"u8);
            }
        }
    }

    /// <summary>Does with each event what a shard does, one by one, so that facts and events come in the order of their times.</summary>
    private sealed class Shard(SessionStage stage, IHistoryConsumer consumer) : IEventConsumer
    {
        private EventTime _latest;
        private EventTime _advancedTo;

        public void Consume(in EventBatch batch)
        {
            for (int i = 0; i < batch.Events.Length; i++)
            {
                EventTime time = batch.Events[i].Time;
                _latest = time > _latest ? time : _latest;
                if (_latest - _advancedTo >= ClockStep && stage.OpenViews > 0)
                {
                    _advancedTo = _latest;
                    stage.AdvanceTo(_latest);
                }

                EventBatch one = batch.Slice(i, 1);
                stage.Consume(one);
                consumer.Consume(one);
            }
        }
    }
}
