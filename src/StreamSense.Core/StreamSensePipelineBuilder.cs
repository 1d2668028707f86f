using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;

namespace StreamSense.Core;

/// <summary>Puts a pipeline together; its verbs stand in the order in which an event meets them.</summary>
/// <remarks>Not thread-safe. Every verb is optional: without any, events are measured and nothing else.</remarks>
public sealed class StreamSensePipelineBuilder
{
    private readonly List<Func<Vocabulary, IEventConsumer>> _followers = [];
    private readonly List<IViewFactConsumer> _observers = [];
    private readonly List<IPlaybackSessionConsumer> _sessions = [];
    private readonly List<Action<StreamSensePipeline, AttachedFollower>> _attached = [];
    private (CubeOptions Options, IViewerSegments? Segments)? _cube;
    private readonly List<IReplaySource> _replays = [];
    private readonly List<(Func<Vocabulary, IBatchSink> Create, DeliveryOptions? Options)> _sinks = [];
    private readonly PipelineOptions _options = new();
    private TimeProvider _time = TimeProvider.System;
    private PseudonymKey? _key;
    private (string Directory, long MaxBytes)? _failedEvents;

    internal StreamSensePipelineBuilder()
    {
    }

    /// <summary>Sets the clock.</summary>
    /// <param name="time">The clock; the system's if this is never called.</param>
    public StreamSensePipelineBuilder UseTime(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        return this;
    }

    /// <summary>Sets the numbers and policies.</summary>
    /// <param name="configure">Changes the options.</param>
    public StreamSensePipelineBuilder Configure(Action<PipelineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_options);
        return this;
    }

    /// <summary>Sets the secret under which ids become pseudonyms.</summary>
    /// <param name="key">The key; a random one if this is never called, whose pseudonyms join only within this process.</param>
    public StreamSensePipelineBuilder PseudonymiseWith(PseudonymKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        return this;
    }

    /// <summary>Keeps records that fail at the door in a folder, sealed under the key of the pseudonyms.</summary>
    /// <remarks>Needs a key that outlives the process (<see cref="PseudonymiseWith"/>): without it nobody could open the seals.</remarks>
    /// <param name="directory">The folder; created if it is not there.</param>
    /// <param name="maxBytes">How many bytes it may take; new records push out the oldest. At least 1 MiB.</param>
    public StreamSensePipelineBuilder KeepFailedEventsIn(string directory, long maxBytes = 64 * 1024 * 1024)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1024 * 1024);
        _failedEvents = (directory, maxBytes);
        return this;
    }

    /// <summary>Reads back at start what a sink kept of earlier runs.</summary>
    /// <param name="source">The reading half of a sink.</param>
    public StreamSensePipelineBuilder ReplayFrom(IReplaySource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _replays.Add(source);
        return this;
    }

    /// <summary>Has a consumer follow the sequenced order, on the shard's thread.</summary>
    /// <remarks>With more than one shard the consumer is called by one of them at a time.</remarks>
    /// <param name="create">Makes the consumer from the pipeline's names.</param>
    public StreamSensePipelineBuilder FollowWith(Func<Vocabulary, IEventConsumer> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _followers.Add(create);
        return this;
    }

    /// <summary>Has a consumer follow the views: features and outcomes.</summary>
    /// <remarks>With more than one shard the consumer is called by one of them at a time.</remarks>
    /// <param name="consumer">The consumer.</param>
    public StreamSensePipelineBuilder ObserveViews(IViewFactConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        _observers.Add(consumer);
        return this;
    }

    /// <summary>Has a consumer take the sessions as they close, and as late events correct them.</summary>
    /// <remarks>With more than one shard the consumer is called by one of them at a time.</remarks>
    /// <param name="consumer">The consumer.</param>
    public StreamSensePipelineBuilder FollowSessions(IPlaybackSessionConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        _sessions.Add(consumer);
        return this;
    }

    /// <summary>Has something follow events, views and sessions that cannot be made without the pipeline: its names, pseudonyms and
    /// writers.</summary>
    /// <remarks>
    /// It comes after the other followers, and is disposed of with the pipeline, after the last event. With more than one shard each of its
    /// roles is called by one of them at a time. A recommender is attached by <c>BuildWithRecommender</c> of <c>StreamSense.Ml</c>.
    /// </remarks>
    /// <typeparam name="T">What it is; disposed of if it is <see cref="IDisposable"/>.</typeparam>
    /// <param name="create">Makes it from the pipeline, which has not started; called by <see cref="Build"/>.</param>
    public StreamSensePipelineBuilder Attach<T>(Func<StreamSensePipeline, T> create)
        where T : class, IEventConsumer, IViewFactConsumer, IPlaybackSessionConsumer
    {
        ArgumentNullException.ThrowIfNull(create);
        _attached.Add((pipeline, seat) => seat.Take(create(pipeline)));
        return this;
    }

    /// <summary>Keeps a cube of the closed sessions, to be asked through <see cref="StreamSensePipeline.ReadCube"/>.</summary>
    /// <param name="options">By what to group, and what to keep in each shard; null for the defaults.</param>
    /// <param name="segments">Who knows the segments of viewers; null for nobody.</param>
    /// <exception cref="InvalidOperationException">There is a cube already: its groupings may be as many as one likes.</exception>
    public StreamSensePipelineBuilder KeepCube(CubeOptions? options = null, IViewerSegments? segments = null)
    {
        if (_cube is not null)
        {
            throw new InvalidOperationException("A pipeline keeps one cube; declare all its groupings in its options.");
        }

        options ??= new CubeOptions();
        options.Validate();
        _cube = (options, segments);
        return this;
    }

    /// <summary>Brings every event to a sink, in batches, on a task of its own.</summary>
    /// <param name="sink">The sink; disposed of with the pipeline.</param>
    /// <param name="options">How to gather and retry; null for the defaults.</param>
    public StreamSensePipelineBuilder DeliverTo(IBatchSink sink, DeliveryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return DeliverTo(_ => sink, options);
    }

    /// <summary>Brings every event to a sink that spells names, in batches, on a task of its own.</summary>
    /// <param name="create">Makes the sink from the pipeline's names; it is disposed of with the pipeline.</param>
    /// <param name="options">How to gather and retry; null for the defaults.</param>
    public StreamSensePipelineBuilder DeliverTo(Func<Vocabulary, IBatchSink> create, DeliveryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        _sinks.Add((create, options));
        return this;
    }

    /// <summary>Makes the pipeline. It does nothing until it is started or pumped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">Failed events shall be kept, and there is no key to open them with.</exception>
    public StreamSensePipeline Build()
    {
        _options.Validate();
        if (_failedEvents is not null && _key is null)
        {
            throw new InvalidOperationException("KeepFailedEventsIn needs PseudonymiseWith: a random key could never open what was kept.");
        }

        PseudonymKey key = _key ?? PseudonymKey.CreateRandom();
        FailedEventFiles? failedEvents =
            _failedEvents is { } kept ? new FailedEventFiles(kept.Directory, key, kept.MaxBytes) : null;
        var vocabulary = new Vocabulary(_options.TitleNames, _options.Contexts);
        bool shared = _options.Shards > 1;
        AttachedFollower[] seats = [.. _attached.Select(_ => new AttachedFollower())];
        IEventConsumer[] followers =
            [.. _followers.Select(create => create(vocabulary)).Concat(seats).Select(consumer => Serialized(consumer, shared))];
        IViewFactConsumer[] observers = [.. _observers, .. seats];
        IViewFactConsumer? observer = observers.Length == 0 ? null : new ViewFactFanOut(observers, shared);
        var pipeline = new StreamSensePipeline(
            _options, vocabulary, new Pseudonymizer(key), failedEvents, _time, followers, observer, Sessions(seats, shared), _cube,
            [.. _replays], _sinks.Select(sink => (sink.Create(vocabulary), sink.Options)))
        {
            Attached = seats,
        };
        Attach(pipeline, seats);
        return pipeline;
    }

    private void Attach(StreamSensePipeline pipeline, AttachedFollower[] seats)
    {
        try
        {
            for (int i = 0; i < seats.Length; i++)
            {
                _attached[i](pipeline, seats[i]);
            }
        }
        catch
        {
            // It has not started: this waits for nothing.
            pipeline.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private IPlaybackSessionConsumer? Sessions(AttachedFollower[] seats, bool shared)
    {
        IPlaybackSessionConsumer[] consumers = [.. _sessions, .. seats];
        if (consumers.Length == 0)
        {
            return null;
        }

        var all = new SessionFanOut(consumers);
        return shared ? new SerializedSessions(all) : all;
    }

    private static IEventConsumer Serialized(IEventConsumer consumer, bool shared) => shared ? new SerializedConsumer(consumer) : consumer;

    private sealed class SerializedConsumer(IEventConsumer consumer) : IEventConsumer
    {
        private readonly Lock _turn = new();

        public void Consume(in EventBatch batch)
        {
            lock (_turn)
            {
                consumer.Consume(batch);
            }
        }
    }

    private sealed class SerializedSessions(IPlaybackSessionConsumer consumer) : IPlaybackSessionConsumer
    {
        private readonly Lock _turn = new();

        public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
        {
            lock (_turn)
            {
                consumer.Add(session, watched);
            }
        }

        public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
        {
            lock (_turn)
            {
                consumer.Retract(session, watched);
            }
        }
    }

    private sealed class ViewFactFanOut(IViewFactConsumer[] consumers, bool shared) : IViewFactConsumer
    {
        private readonly Lock _turn = new();

        public void Consume(ReadOnlySpan<ViewFact> facts)
        {
            if (!shared)
            {
                ConsumeAll(facts);
                return;
            }

            lock (_turn)
            {
                ConsumeAll(facts);
            }
        }

        private void ConsumeAll(ReadOnlySpan<ViewFact> facts)
        {
            foreach (IViewFactConsumer consumer in consumers)
            {
                consumer.Consume(facts);
            }
        }
    }
}
