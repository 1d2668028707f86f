using System.Collections.Immutable;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features.Columns;
using StreamSense.Ml.Features.Planning;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features;

/// <summary>Keeps declared features up to date from events, facts of views and sessions, and reads them as vectors.</summary>
/// <remarks>
/// <para>Feed it what the features listen to: events (<see cref="IEventConsumer"/>), facts of views (<see cref="IViewFactConsumer"/>) and
/// sessions (<see cref="IPlaybackSessionConsumer"/>). Runs may come from several shards; one is written at a time. The same runs in the
/// same
/// order give the same bits in any process. Updating allocates nothing once tables have their size.</para>
/// <para>Reads come from any thread, take no lock, never hold up the writer, give each row as it was at one moment, and allocate nothing
/// once there is scratch for as many readers as read at once. A moment is asked for, not now: windows and fading are computed
/// as of it, without any event having come.</para>
/// <para>What is kept of a person needs their consent; without it nothing is written, and the feature reads as missing. A withdrawal
/// (<c>consent_change</c>) forgets viewer and device. What they added to titles stays: it names nobody.</para>
/// </remarks>
public sealed class FeatureEngine : IEventConsumer, IViewFactConsumer, IPlaybackSessionConsumer, IFeatureReader, IDisposable
{
    private readonly Lock _writerLock = new();
    private readonly FeatureSet _set;
    private readonly Catalogue _catalogue;
    private readonly StatePlan _state;
    private readonly StallMemory _stalls;
    private readonly OccurrenceReader _occurrences;
    private readonly VectorPlan _vectors;
    private long _position;

    /// <summary>Creates an engine that knows nothing yet.</summary>
    /// <param name="features">The features.</param>
    /// <param name="catalogue">What is known of titles; fed before the engine is.</param>
    /// <param name="vocabulary">The vocabulary of the events.</param>
    /// <param name="options">How much is remembered; null for the defaults.</param>
    /// <param name="segments">The segments of the audience, for features that ask for them.</param>
    /// <param name="vectors">The host's vectors by name, for features that ask for them.</param>
    /// <exception cref="FeatureSetException">A feature asks for segments or vectors that are not there.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public FeatureEngine(
        FeatureSet features,
        Catalogue catalogue,
        Vocabulary vocabulary,
        FeatureEngineOptions? options = null,
        ISegmentReader? segments = null,
        IReadOnlyDictionary<string, IVectorSource>? vectors = null)
        : this(features, catalogue, vocabulary, options, segments, vectors, LaneLoop.Widest)
    {
    }

    internal FeatureEngine(
        FeatureSet features,
        Catalogue catalogue,
        Vocabulary vocabulary,
        FeatureEngineOptions? options,
        ISegmentReader? segments,
        IReadOnlyDictionary<string, IVectorSource>? vectors,
        LaneWidth width)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(vocabulary);
        options ??= new FeatureEngineOptions();
        options.Validate();
        _set = features;
        _catalogue = catalogue;
        _state = new StatePlan(new DimensionKeys(vocabulary, segments));
        var compiler = new ColumnCompiler(
            features, _state, catalogue, segments, vectors ?? ImmutableDictionary<string, IVectorSource>.Empty);
        Column[] columns = compiler.Compile();
        _state.Freeze(options);
        _vectors = new VectorPlan(columns, compiler.Registers, _state, catalogue, options.MaxIdleReaders, width);
        bool usesStalls = _state.Uses(SignalValue.LeftByStall, SignalValue.Disliked);
        _stalls = new StallMemory(options.MaxViews, options.StallShadow, usesStalls);
        _occurrences = new OccurrenceReader(vocabulary, catalogue, _stalls);
    }

    /// <summary>The features that are kept.</summary>
    public FeatureSet Features => _set;

    /// <inheritdoc/>
    public FeatureLayout Layout => _set.Layout;

    /// <inheritdoc/>
    public long Position => Interlocked.Read(ref _position);

    /// <summary>How many rows of the tables of a scope there are; of viewers, those of devices without a viewer apart.</summary>
    /// <param name="scope">The scope.</param>
    public long CountRows(FeatureScope scope) => Sum(scope, static table => table.Rows.Count);

    /// <summary>How many rows of the tables of a scope made room for others; of viewers, those of devices without one included.</summary>
    /// <param name="scope">The scope.</param>
    public long CountEvicted(FeatureScope scope) => Sum(scope, static table => table.Rows.Evicted + (table.Devices?.Evicted ?? 0));

    /// <summary>What a key of a scope takes in bytes, its place in the index and in the order of writing included.</summary>
    /// <param name="scope">The scope.</param>
    public long BytesPerRow(FeatureScope scope) => Sum(scope, static table => table.Rows.BytesPerRow);

    /// <inheritdoc/>
    /// <remarks>Events that were sent to other shards as well, and were marked so, are left alone by all but one.</remarks>
    public void Consume(in EventBatch batch)
    {
        lock (_writerLock)
        {
            foreach (ref readonly StreamEvent source in batch.Events)
            {
                if ((source.Flags & EventFlags.Broadcast) == 0)
                {
                    Take(source);
                }
            }

            Interlocked.Add(ref _position, batch.Events.Length);
        }
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        lock (_writerLock)
        {
            foreach (ref readonly ViewFact fact in facts)
            {
                if (fact.Kind == ViewFactKind.Joined)
                {
                    Join(fact);
                    continue;
                }

                _occurrences.Read(fact, out Occurrence occurrence);
                _state.Apply(occurrence);
            }

            Interlocked.Add(ref _position, facts.Length);
        }
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Take(session, retracts: false);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Take(session, retracts: true);

    /// <inheritdoc/>
    public void Fill(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns)
    {
        int numbers = titles.Length * Layout.Count;
        if (columns.Length < numbers)
        {
            throw new ArgumentException($"{titles.Length} titles need room for {numbers} numbers.", nameof(columns));
        }

        if (!titles.IsEmpty)
        {
            _vectors.Fill(query, titles, columns);
        }
    }

    /// <summary>Forgets a viewer, on a withdrawal of consent or a request for erasure.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <returns>Whether there was anything to forget. What the viewer added to titles, households and everything stays.</returns>
    public bool Forget(ViewerId viewer)
    {
        bool found = false;
        lock (_writerLock)
        {
            foreach (TablePlan table in viewer.IsNone ? [] : _state.Tables)
            {
                found |= table.Forget(viewer);
            }
        }

        return found;
    }

    /// <summary>Forgets a device, and what it did without a viewer.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Whether there was anything to forget.</returns>
    public bool Forget(DeviceId device)
    {
        bool found = false;
        lock (_writerLock)
        {
            foreach (TablePlan table in device.IsNone ? [] : _state.Tables)
            {
                found |= table.Forget(device);
            }
        }

        return found;
    }

    /// <summary>Writes all that is remembered.</summary>
    /// <param name="destination">Where to.</param>
    /// <remarks>The writer waits meanwhile; readers do not. The format has a version and a checksum, and is the same on every
    /// machine.</remarks>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        lock (_writerLock)
        {
            FeatureStateFile.Write(destination, _set.Hash, Position, Tables());
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into an engine that knows nothing yet.</summary>
    /// <param name="source">Where from.</param>
    /// <exception cref="InvalidDataException">It is no such file, it is damaged, or it was kept for other features; the engine then
    /// still knows nothing.</exception>
    /// <exception cref="InvalidOperationException">The engine knows something already.</exception>
    public void Restore(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        lock (_writerLock)
        {
            if (Position != 0 || Tables().Any(table => table.Count > 0))
            {
                throw new InvalidOperationException("State is restored into an engine that knows nothing yet.");
            }

            Interlocked.Exchange(ref _position, FeatureStateFile.Read(source, _set.Hash, Tables()));
        }
    }

    /// <summary>Gives up all that is remembered; readers find nothing from then on.</summary>
    public void Dispose()
    {
        lock (_writerLock)
        {
            _state.Dispose();
            _stalls.Dispose();
        }
    }

    private List<StateTable> Tables()
    {
        var tables = new List<StateTable> { _stalls.Table };
        foreach (TablePlan table in _state.Tables)
        {
            tables.Add(table.Rows);
            if (table.Devices is not null)
            {
                tables.Add(table.Devices);
            }
        }

        return tables;
    }

    private void Take(in StreamEvent source)
    {
        _stalls.Take(source);
        if (_state.ListensTo(source.Kind))
        {
            _occurrences.Read(source, out Occurrence occurrence);
            _state.Apply(occurrence);
        }

        if (source.Kind == EventKind.Title && _catalogue.Find(source.Title) is { } title)
        {
            foreach (TablePlan table in _state.Tables)
            {
                if (table.Scope == FeatureScope.Title)
                {
                    table.Describe(table.Rows.BeginWrite(source.Title.Value, out int row), title);
                    table.Rows.EndWrite(row);
                }
            }
        }
        else if (source.Kind == EventKind.ConsentChange
            && (source.ReadPayload<ConsentPayload>().Granted & ConsentPurposes.Personalisation) == 0)
        {
            Forget(source.Viewer);
            Forget(source.Device);
        }
    }

    private void Take(in PlaybackSession session, bool retracts)
    {
        lock (_writerLock)
        {
            _occurrences.Read(session, retracts, out Occurrence occurrence);
            _state.Apply(occurrence);
            Interlocked.Increment(ref _position);
        }
    }

    private void Join(in ViewFact login)
    {
        bool mayKeep = (login.Consent & ConsentPurposes.Personalisation) != 0;
        foreach (TablePlan table in _state.Tables)
        {
            table.Join(login.Device, login.Viewer, login.JoinsSince, mayKeep);
        }
    }

    private long Sum(FeatureScope scope, Func<TablePlan, long> number)
    {
        long sum = 0;
        foreach (TablePlan table in _state.Tables)
        {
            sum += table.Scope == scope ? number(table) : 0;
        }

        return sum;
    }
}
