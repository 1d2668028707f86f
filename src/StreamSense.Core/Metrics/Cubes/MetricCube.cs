using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Sums of the sessions of a shard by declared dimensions, in windows of ten seconds, a minute, an hour and a day.</summary>
/// <remarks>
/// <para>Writer side (the shard's thread): <see cref="Consume"/>, <see cref="Add"/>, <see cref="Retract"/>. Any thread takes a
/// <see cref="Snapshot"/>, whatever the writer does, and asks it; the counters may be read by any thread, too.</para>
/// <para>A session is added at every level when it closes, so that there is no roll-up to run later and each level says the same. Its
/// attempt belongs to the window in which it was attempted, its play to that of its first frame, and all else, <b>its seconds
/// included</b>, to that of its end; the windows of <see cref="MetricsSnapshot"/>, in contrast, have seconds where they elapsed.</para>
/// </remarks>
public sealed class MetricCube : IPlaybackSessionConsumer, IEventConsumer, IDisposable
{
    private readonly CubeGrouping[] _groupings;
    private readonly Vocabulary _vocabulary;
    private readonly EngagementThresholds _thresholds;
    private readonly ViewerPlans _plans;
    private readonly SessionValues _values;
    private readonly CubeStore _store;
    private readonly CubeGate _gate;
    private readonly CubeUpdate[] _updates;
    private int _updateCount;

    /// <summary>Makes an empty cube.</summary>
    /// <param name="vocabulary">The name tables of the events.</param>
    /// <param name="titles">The catalogue, for type, genre and series; written by the same thread.</param>
    /// <param name="options">What to keep; null for the defaults.</param>
    /// <param name="segments">Who knows the segments of viewers; null for nobody.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public MetricCube(Vocabulary vocabulary, TitleTable titles, CubeOptions? options = null, IViewerSegments? segments = null)
        : this(vocabulary, titles, options, segments, plans: null)
    {
    }

    internal MetricCube(
        Vocabulary vocabulary, TitleTable titles, CubeOptions? options, IViewerSegments? segments, ViewerPlans? plans)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(titles);
        options ??= new CubeOptions();
        options.Validate();
        _vocabulary = vocabulary;
        _groupings = [.. options.Groupings];
        _thresholds = options.Thresholds;
        _plans = plans ?? new ViewerPlans(options.MaxPlans);
        _values = new SessionValues(vocabulary, titles, _plans, segments, options);
        _store = new CubeStore(options);
        _gate = new CubeGate(_store.Root);
        _updates = new CubeUpdate[1 + (_groupings.Length * TitleTable.MaxGenres)];
    }

    /// <summary>How many additions found the window of their level gone.</summary>
    public long TooOld => _store.TooOld;

    /// <summary>How many windows went before their time because their level had no room for more cells.</summary>
    public long WindowsExpiredEarly => _store.ExpiredEarly;

    /// <summary>How many cells there are, in all levels.</summary>
    public int Cells => _store.Cells;

    /// <summary>How many viewers' and households' plans were forgotten to make room.</summary>
    public long ForgottenPlans => _plans.Evicted;

    /// <summary>How many retractions were of sessions whose catalogue facts, plan and segment were no longer remembered.</summary>
    public long ForgottenSessions => _values.Forgotten;

    /// <summary>How many sessions found no room for their values in some window and went to <c>other</c> there.</summary>
    /// <remarks>
    /// A session counts once, in however many windows, levels and genres that was so. One that is amended is taken back before it is
    /// counted again, unless the window has gone meanwhile.
    /// </remarks>
    /// <param name="grouping">One of the groupings of the options.</param>
    /// <exception cref="ArgumentException">The cube does not have the grouping.</exception>
    public long OverflowedOf(CubeGrouping grouping)
    {
        int index = Array.IndexOf(_groupings, grouping);
        return index >= 0
            ? _store.OverflowedOf(index + 1)
            : throw new ArgumentException($"The cube does not group by {grouping}.", nameof(grouping));
    }

    /// <summary>Learns the plans of viewers from profiles and subscriptions; leaves other events alone.</summary>
    /// <param name="batch">The batch.</param>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent e in batch.Events)
        {
            _plans.Note(e);
        }
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Apply(session, 1);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Apply(session, -1);

    /// <summary>The cube as it is between two sessions (any thread).</summary>
    /// <remarks>
    /// Costs the same whatever the cube holds, and never stops the writer; the caller waits for one session at most. While a snapshot is
    /// held, the writer copies the pages of eight cells that it changes, each once.
    /// </remarks>
    public CubeSnapshot Snapshot() => new(_vocabulary, _groupings, [_gate.Take()]);

    /// <summary>Gives back the tables of plans and sessions; snapshots stay as they are.</summary>
    public void Dispose()
    {
        _plans.Dispose();
        _values.Dispose();
    }

    private void Apply(in PlaybackSession session, int sign)
    {
        _values.Resolve(session, isRetraction: sign < 0);
        FindKeys(session);
        CubeSums end = CubeSums.OfEnd(session, _thresholds, sign);
        _store.Begin(_gate.Enter());
        for (int level = 0; level < CubeLevels.Count; level++)
        {
            if (_store.Keeps(level))
            {
                ApplyTo(level, session, end, sign);
            }
        }

        _store.CountOverflows(sign);
        _gate.Exit(_store.Root);
    }

    private void FindKeys(in PlaybackSession session)
    {
        _updates[0] = new CubeUpdate(0, default, default(CubeKey).Hash());
        _updateCount = 1;
        for (int grouping = 0; grouping < _groupings.Length; grouping++)
        {
            ReadOnlySpan<CubeDimension> dimensions = _groupings[grouping].Ordered;
            int genres = dimensions.Contains(CubeDimension.Genre) ? _values.GenreCount : 1;
            for (int genre = 0; genre < genres; genre++)
            {
                CubeKey key = _values.KeyOf(session, dimensions, genre);
                _updates[_updateCount++] = new CubeUpdate(grouping + 1, key, key.Hash());
            }
        }
    }

    private void ApplyTo(int level, in PlaybackSession session, in CubeSums end, int sign)
    {
        Windows.TumblingWindows windows = CubeLevels.WindowsOf((CubeLevel)level);
        long attempted = windows.IndexOf(session.Attempted);
        long ended = windows.IndexOf(session.Ended);
        long played = session.IsPlay ? windows.IndexOf(session.FirstFrame) : ended;
        _store.Reach(level, Math.Max(Math.Max(attempted, played), ended), 3 * _updateCount);

        AddEnd(level, ended, end, session, sign);
        AddBeginning(level, attempted, attempts: sign, plays: session.IsPlay && played == attempted ? sign : 0);
        if (session.IsPlay && played != attempted)
        {
            AddBeginning(level, played, attempts: 0, plays: sign);
        }
    }

    private void AddEnd(int level, long index, in CubeSums sums, in PlaybackSession session, int sign)
    {
        CubeWindowNode? window = _store.Open(level, index);
        if (window is null)
        {
            return;
        }

        foreach (ref readonly CubeUpdate update in _updates.AsSpan(0, _updateCount))
        {
            int place = _store.CellOf(level, window, update.Grouping, update.Key, update.Hash, out CubePage page);
            page.Cells[place].Sums.Add(sums);
            if (session.StartupMicroseconds == Absent.Time)
            {
                continue;
            }

            QuantileSketch sketch = _store.StartupOf(page, place);
            if (sign > 0)
            {
                sketch.Add(session.StartupMicroseconds);
            }
            else
            {
                // A session that was forgotten may be looked for where it was not put; that is counted where it was forgotten.
                _ = sketch.TryRemove(session.StartupMicroseconds);
            }
        }
    }

    private void AddBeginning(int level, long index, int attempts, int plays)
    {
        CubeWindowNode? window = _store.Open(level, index);
        if (window is null)
        {
            return;
        }

        foreach (ref readonly CubeUpdate update in _updates.AsSpan(0, _updateCount))
        {
            int place = _store.CellOf(level, window, update.Grouping, update.Key, update.Hash, out CubePage page);
            page.Cells[place].Sums.Attempts += attempts;
            page.Cells[place].Sums.Plays += plays;
        }
    }
}
