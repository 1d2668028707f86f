using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>Adds what the views of a shard do to the sums of the whole, of the groups and of the windows.</summary>
/// <remarks>The shard's thread only. Allocates only for values, windows and seconds that are new, until the bounds are reached.</remarks>
internal sealed class MetricsRecorder : ISessionObserver, IPlaybackSessionConsumer
{
    private readonly GroupTable _groups;
    private readonly List<MetricCell> _cells = [new MetricCell()];
    private readonly ConcurrencyTable _concurrency;
    private readonly WindowCells? _windows;
    private readonly int _windowCount;
    private readonly Dictionary<ContextId, ViewEnds> _ends = [];
    private readonly EngagementThresholds _thresholds;

    public MetricsRecorder(MetricsOptions options)
    {
        options.Validate();
        _groups = new GroupTable(options.MaxGroupValues);
        _concurrency = new ConcurrencyTable(
            options.MaxConcurrencyPoints, options.ConcurrencyRetention.Ticks / TimeSpan.TicksPerSecond);
        _thresholds = options.Engagement;
        _windowCount = options.WindowCount;
        _windows = options.WindowCount == 0 ? null : new WindowCells(options);
    }

    /// <summary>How often a value found its dimension full.</summary>
    public long OverflowedValues => _groups.Overflowed;

    /// <summary>How many additions to windows found the window gone, or no cell for their value.</summary>
    public long MissedWindowCells => _windows is null ? 0 : _windows.TooOld + _windows.Refused;

    /// <inheritdoc/>
    public void OnAttempt(in ViewDimensions dimensions, EventTime time) =>
        Count(new QualitySums { Attempts = 1 }, dimensions, time);

    /// <inheritdoc/>
    public void OnFirstFrame(in ViewDimensions dimensions, EventTime time)
    {
        Count(new QualitySums { Plays = 1 }, dimensions, time);
        ChangeConcurrency(dimensions, SecondOf(time), 1);
    }

    /// <inheritdoc/>
    public void OnStartup(long startupMicroseconds) => _cells[0].Startup.Add(startupMicroseconds);

    /// <inheritdoc/>
    public void OnContentStartup(long startupMicroseconds) => _cells[0].ContentStartup.Add(startupMicroseconds);

    /// <inheritdoc/>
    public void OnTime(in CreditedTime time) => AddTime(time, startingOfPlay: false);

    /// <inheritdoc/>
    public void OnStartingOfPlay(in CreditedTime time) => AddTime(time, startingOfPlay: true);

    /// <inheritdoc/>
    public void OnStall(in ViewDimensions dimensions, EventTime time) => Count(new QualitySums { Stalls = 1 }, dimensions, time);

    /// <inheritdoc/>
    public void OnFirstStall(in ViewDimensions playDimensions) =>
        CountInAllTime(new QualitySums { StalledPlays = 1 }, Resolve(playDimensions));

    /// <inheritdoc/>
    public void OnBitrateSwitch(in ViewDimensions dimensions, EventTime time) =>
        Count(new QualitySums { BitrateSwitches = 1 }, dimensions, time);

    /// <inheritdoc/>
    public void OnEnd(in ViewEnding ending)
    {
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_ends, ending.Context, out _)
            .Add(new ViewEnds { Ended = 1, BySilence = ending.BySilence ? 1 : 0 });
        var sums = default(QualitySums);
        sums.AddOutcome(ending.Outcome);
        Count(sums, ending.Dimensions, ending.Time);
        if (ending.Startup != Absent.Time || ending.ContentStartup != Absent.Time)
        {
            AddStartups(ending);
        }

        if (ending.Outcome is ViewOutcome.Played or ViewOutcome.PlaybackFailure)
        {
            ChangeConcurrency(ending.PlayDimensions, SecondOf(ending.Time) + 1, -1);
            if (ending.Stalled)
            {
                CountInWindow(new QualitySums { StalledPlays = 1 }, Resolve(ending.PlayDimensions), ending.Time);
            }
        }
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => CountPlay(session, 1);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => CountPlay(session, -1);

    /// <summary>A copy of how views ended, by the context in which they did.</summary>
    public Dictionary<ContextId, ViewEnds> CopyEnds() => new(_ends);

    /// <summary>A copy of all sums, with what the open views add to it.</summary>
    public MetricsPartial Snapshot(Vocabulary vocabulary, SessionTracker tracker)
    {
        var partial = new MetricsPartial(vocabulary, _windows?.Windows, _windowCount, _concurrency.Copy(_groups));
        for (int group = 0; group < _cells.Count; group++)
        {
            partial.CellOf(_groups[group]).Merge(_cells[group]);
        }

        _windows?.CopyTo(partial, _groups);
        tracker.VisitOpen(new OpenViewCollector(partial, _groups));
        return partial;
    }

    internal static long SecondOf(EventTime time) => time.UnixMicroseconds / EventTime.MicrosecondsPerSecond;

    private void CountPlay(in PlaybackSession session, int sign)
    {
        if (!session.IsPlay)
        {
            return;
        }

        var sums = new QualitySums
        {
            EndedPlays = sign,
            Bounces = _thresholds.IsBounce(session) ? sign : 0,
            CompletablePlays = session.IsCompletable ? sign : 0,
            Completions = _thresholds.IsCompletion(session) ? sign : 0,
        };
        Count(sums, new ViewDimensions(session.Title, session.Cdn, session.Country, session.DeviceKind), session.Ended);
    }

    private GroupSet Resolve(in ViewDimensions dimensions)
    {
        GroupSet groups = _groups.Resolve(dimensions);
        while (_cells.Count < _groups.Count)
        {
            _cells.Add(new MetricCell());
        }

        return groups;
    }

    private void Count(in QualitySums sums, in ViewDimensions dimensions, EventTime time)
    {
        GroupSet groups = Resolve(dimensions);
        CountInAllTime(sums, groups);
        CountInWindow(sums, groups, time);
    }

    private void CountInAllTime(in QualitySums sums, in GroupSet groups)
    {
        _cells[0].Sums.Add(sums);
        _cells[groups.Title].Sums.Add(sums);
        _cells[groups.Cdn].Sums.Add(sums);
        _cells[groups.Country].Sums.Add(sums);
        _cells[groups.DeviceKind].Sums.Add(sums);
    }

    private void CountInWindow(in QualitySums sums, in GroupSet groups, EventTime time)
    {
        if (_windows is null)
        {
            return;
        }

        long window = _windows.Reach(time);
        if (_windows.IsKept(window))
        {
            _windows.CellOf(window, 0)?.Sums.Add(sums);
            _windows.CellOf(window, groups.Title)?.Sums.Add(sums);
            _windows.CellOf(window, groups.Cdn)?.Sums.Add(sums);
            _windows.CellOf(window, groups.Country)?.Sums.Add(sums);
            _windows.CellOf(window, groups.DeviceKind)?.Sums.Add(sums);
        }
    }

    private void AddTime(in CreditedTime time, bool startingOfPlay)
    {
        GroupSet groups = Resolve(time.Dimensions);
        AddTime(_cells[0], time, startingOfPlay);
        AddTime(_cells[groups.Title], time, startingOfPlay);
        AddTime(_cells[groups.Cdn], time, startingOfPlay);
        AddTime(_cells[groups.Country], time, startingOfPlay);
        AddTime(_cells[groups.DeviceKind], time, startingOfPlay);
        if (_windows is null || time.Length == 0)
        {
            return;
        }

        // Seconds belong where they elapse: the run is cut at the borders of the windows.
        long end = time.Start + time.Length;
        long last = _windows.Reach(new EventTime(end - 1));
        long window = _windows.FirstKept(_windows.Windows.IndexOf(new EventTime(time.Start)));
        for (; window <= last; window++)
        {
            long from = Math.Max(time.Start, _windows.Windows.StartOf(window).UnixMicroseconds);
            long to = Math.Min(end, _windows.Windows.EndOf(window).UnixMicroseconds);
            CreditedTime part = time with { Start = from, Length = to - from };
            AddTime(_windows.CellOf(window, 0), part, startingOfPlay);
            AddTime(_windows.CellOf(window, groups.Title), part, startingOfPlay);
            AddTime(_windows.CellOf(window, groups.Cdn), part, startingOfPlay);
            AddTime(_windows.CellOf(window, groups.Country), part, startingOfPlay);
            AddTime(_windows.CellOf(window, groups.DeviceKind), part, startingOfPlay);
        }
    }

    private static void AddTime(MetricCell? cell, in CreditedTime time, bool startingOfPlay)
    {
        if (cell is null)
        {
            return;
        }

        if (startingOfPlay)
        {
            cell.Sums.StartingOfPlays += time.Length;
        }
        else
        {
            cell.Sums.AddTime(time);
        }
    }

    // The whole has them since the first frame; groups and windows take the values of a view at its end.
    private void AddStartups(in ViewEnding ending)
    {
        GroupSet groups = Resolve(ending.Dimensions);
        _cells[groups.Title].AddStartups(ending.Startup, ending.ContentStartup);
        _cells[groups.Cdn].AddStartups(ending.Startup, ending.ContentStartup);
        _cells[groups.Country].AddStartups(ending.Startup, ending.ContentStartup);
        _cells[groups.DeviceKind].AddStartups(ending.Startup, ending.ContentStartup);
        if (_windows is null)
        {
            return;
        }

        long window = _windows.Reach(ending.Time);
        if (_windows.IsKept(window))
        {
            _windows.CellOf(window, 0)?.AddStartups(ending.Startup, ending.ContentStartup);
            _windows.CellOf(window, groups.Title)?.AddStartups(ending.Startup, ending.ContentStartup);
            _windows.CellOf(window, groups.Cdn)?.AddStartups(ending.Startup, ending.ContentStartup);
            _windows.CellOf(window, groups.Country)?.AddStartups(ending.Startup, ending.ContentStartup);
            _windows.CellOf(window, groups.DeviceKind)?.AddStartups(ending.Startup, ending.ContentStartup);
        }
    }

    private void ChangeConcurrency(in ViewDimensions dimensions, long second, int change)
    {
        GroupSet groups = Resolve(dimensions);
        _concurrency.Add(0, second, change);
        _concurrency.Add(groups.Title, second, change);
        _concurrency.Add(groups.Cdn, second, change);
        _concurrency.Add(groups.Country, second, change);
        _concurrency.Add(groups.DeviceKind, second, change);
    }
}
