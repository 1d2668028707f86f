using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>Adds what the views of a shard do to the sums of the whole, of the groups and of the windows.</summary>
/// <remarks>The shard's thread only. Allocates only for values, windows and seconds that are new, until the bounds are reached.</remarks>
internal sealed class MetricsRecorder : ISessionObserver, IPlaybackSessionConsumer
{
    private readonly GroupTable _groups;
    private readonly GroupCells _cells = new();
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
        _thresholds = options.Thresholds;
        _windowCount = options.WindowCount;
        _windows = options.WindowCount == 0 ? null : new WindowCells(options, _cells);
    }

    /// <summary>How often a value found its dimension full.</summary>
    public long OverflowedValues => _groups.Overflowed;

    /// <summary>How many additions to windows found the window gone, or no cell for their value.</summary>
    public long MissedWindowCells => _windows is null ? 0 : _windows.TooOld + _windows.Refused;

    /// <inheritdoc/>
    public int Sign { get; set; } = 1;

    /// <inheritdoc/>
    public ViewGroups GroupsOf(in ViewDimensions dimensions)
    {
        ViewGroups groups = _groups.Resolve(dimensions);
        _cells.Grow(_groups.Count);
        return groups;
    }

    /// <inheritdoc/>
    public void Expect(in ViewGroups groups)
    {
        if (_windows is null)
        {
            CacheLines.Prefetch(ref _cells[groups.Title].Sums);
        }
        else
        {
            _windows.Prefetch(groups.Title);
        }
    }

    /// <inheritdoc/>
    public long WaitUntil(in ViewGroups groups, long end) => _windows is null ? long.MaxValue : _windows.WaitUntil(groups, end);

    /// <inheritdoc/>
    public void OnAttempt(in ViewGroups groups, EventTime time) =>
        Count(QualityCount.Attempts, Sign, groups, time);

    /// <inheritdoc/>
    public void OnFirstFrame(in ViewGroups groups, EventTime time)
    {
        Count(QualityCount.Plays, Sign, groups, time);
        ChangeConcurrency(groups, SecondOf(time), Sign);
    }

    /// <inheritdoc/>
    public void OnStartup(long startupMicroseconds) => _cells[0].AddStartups(startupMicroseconds, Absent.Time, Sign);

    /// <inheritdoc/>
    public void OnContentStartup(long startupMicroseconds) => _cells[0].AddStartups(Absent.Time, startupMicroseconds, Sign);

    /// <inheritdoc/>
    public void OnTime(in CreditedTime time) => AddTime(time, ofPlay: false);

    /// <inheritdoc/>
    public void OnStartingOfPlay(in CreditedTime time) => AddTime(time, ofPlay: true);

    /// <inheritdoc/>
    public void OnStall(in ViewGroups groups, EventTime time) => Count(QualityCount.Stalls, Sign, groups, time);

    /// <inheritdoc/>
    public void OnFirstStall(in ViewGroups playGroups) =>
        CountInAllTime(QualityCount.StalledPlays, Sign, playGroups);

    /// <inheritdoc/>
    public void OnBitrateSwitch(in ViewGroups groups, EventTime time) =>
        Count(QualityCount.BitrateSwitches, Sign, groups, time);

    /// <inheritdoc/>
    public void OnEnd(in ViewEnding ending)
    {
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_ends, ending.Context, out _)
            .Add(new ViewEnds { Ended = Sign, BySilence = ending.BySilence ? Sign : 0 });
        if (CountOf(ending.Outcome) is { } outcome)
        {
            Count(outcome, Sign, ending.Groups, ending.Time);
        }

        if (ending.Startup != Absent.Time || ending.ContentStartup != Absent.Time)
        {
            AddStartups(ending);
        }

        if (ending.Outcome is ViewOutcome.Played or ViewOutcome.PlaybackFailure)
        {
            ChangeConcurrency(ending.PlayGroups, SecondOf(ending.Time) + 1, -Sign);
            if (ending.Stalled)
            {
                CountInWindow(QualityCount.StalledPlays, Sign, ending.PlayGroups, ending.Time);
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
    /// <param name="vocabulary">The names of the values.</param>
    /// <param name="tracker">The open views.</param>
    /// <param name="also">Who sees the open views, too: to walk along them once is enough.</param>
    public MetricsPartial Snapshot(Vocabulary vocabulary, SessionTracker tracker, IOpenViewVisitor? also = null)
    {
        var partial = new MetricsPartial(vocabulary, _windows?.Windows, _windowCount, _concurrency.Copy(_groups));
        var open = new OpenViewCollector(partial, _groups, tracker.OpenViews);

        // Before the cells are copied: what waits in a view is told as it is visited.
        tracker.VisitOpen(open, also);
        open.Complete();
        var copies = new MetricCell[_cells.Count];
        for (int group = 0; group < copies.Length; group++)
        {
            copies[group] = partial.CellOf(_groups[group]);
            copies[group].Merge(_cells[group]);
        }

        _windows?.CopyTo(partial, _groups, copies);
        return partial;
    }

    internal static long SecondOf(EventTime time) => time.UnixMicroseconds / EventTime.MicrosecondsPerSecond;

    private void CountPlay(in PlaybackSession session, int sign)
    {
        if (!session.IsPlay)
        {
            return;
        }

        ViewGroups groups = GroupsOf(new ViewDimensions(session.Title, session.Cdn, session.Country, session.DeviceKind));
        Count(QualityCount.EndedPlays, sign, groups, session.Ended);
        if (_thresholds.IsBounce(session))
        {
            Count(QualityCount.Bounces, sign, groups, session.Ended);
        }

        if (session.IsCompletable)
        {
            Count(QualityCount.CompletablePlays, sign, groups, session.Ended);
        }

        if (_thresholds.IsCompletion(session))
        {
            Count(QualityCount.Completions, sign, groups, session.Ended);
        }
    }

    private static QualityCount? CountOf(ViewOutcome outcome) => outcome switch
    {
        ViewOutcome.PlaybackFailure => QualityCount.PlaybackFailures,
        ViewOutcome.StartFailure => QualityCount.StartFailures,
        ViewOutcome.StartDenial => QualityCount.StartDenials,
        ViewOutcome.ExitBeforeStart => QualityCount.ExitsBeforeStart,
        ViewOutcome.ExitInPreroll => QualityCount.ExitsInPreroll,
        _ => null,
    };

    private void Count(QualityCount count, int change, in ViewGroups groups, EventTime time)
    {
        CountInAllTime(count, change, groups);
        CountInWindow(count, change, groups, time);
    }

    private void CountInAllTime(QualityCount count, int change, in ViewGroups groups)
    {
        _cells[0].Sums[count] += change;
        _cells[groups.Title].Sums[count] += change;
        _cells[groups.Cdn].Sums[count] += change;
        _cells[groups.Country].Sums[count] += change;
        _cells[groups.DeviceKind].Sums[count] += change;
    }

    private void CountInWindow(QualityCount count, int change, in ViewGroups groups, EventTime time)
    {
        if (_windows is null)
        {
            return;
        }

        long window = _windows.Reach(time);
        if (_windows.IsKept(window))
        {
            Count(_windows.CellOf(window, 0), count, change);
            Count(_windows.CellOf(window, groups.Title), count, change);
            Count(_windows.CellOf(window, groups.Cdn), count, change);
            Count(_windows.CellOf(window, groups.Country), count, change);
            Count(_windows.CellOf(window, groups.DeviceKind), count, change);
        }
    }

    private static void Count(MetricCell? cell, QualityCount count, int change)
    {
        if (cell is not null)
        {
            cell.Sums[count] += change;
        }
    }

    private void AddTime(in CreditedTime time, bool ofPlay)
    {
        if (time.Length == 0)
        {
            return;
        }

        if (_windows is null)
        {
            AddTimeToAll(time, time.Length, ofPlay);
            return;
        }

        // Seconds belong where they elapse: the run is cut at the borders of the windows. All time has them when the window has gone.
        long end = time.Start + time.Length;
        long last = _windows.Reach(new EventTime(end - 1));
        long window = _windows.FirstKept(_windows.IndexOf(new EventTime(time.Start)));
        long from = _windows.Windows.StartOf(window).UnixMicroseconds;
        if (time.Start < from)
        {
            AddTimeToAll(time, Math.Min(end, from) - time.Start, ofPlay);
        }

        for (from = Math.Max(time.Start, from); window <= last; window++)
        {
            long to = window == last ? end : _windows.Windows.EndOf(window).UnixMicroseconds;
            _windows.AddTime(window, time.Groups, new TimeSums(time, Sign * (to - from), ofPlay));
            from = to;
        }
    }

    private void AddTimeToAll(in CreditedTime time, long length, bool ofPlay)
    {
        var sums = new TimeSums(time, Sign * length, ofPlay);
        _cells[0].Sums.AddTime(sums);
        _cells[time.Groups.Title].Sums.AddTime(sums);
        _cells[time.Groups.Cdn].Sums.AddTime(sums);
        _cells[time.Groups.Country].Sums.AddTime(sums);
        _cells[time.Groups.DeviceKind].Sums.AddTime(sums);
    }

    // The whole has them since the first frame; groups and windows take the values of a view at its end.
    private void AddStartups(in ViewEnding ending)
    {
        ViewGroups groups = ending.Groups;
        _cells[groups.Title].AddStartups(ending.Startup, ending.ContentStartup, Sign);
        _cells[groups.Cdn].AddStartups(ending.Startup, ending.ContentStartup, Sign);
        _cells[groups.Country].AddStartups(ending.Startup, ending.ContentStartup, Sign);
        _cells[groups.DeviceKind].AddStartups(ending.Startup, ending.ContentStartup, Sign);
        if (_windows is null)
        {
            return;
        }

        long window = _windows.Reach(ending.Time);
        if (_windows.IsKept(window))
        {
            _windows.CellOf(window, 0)?.AddStartups(ending.Startup, ending.ContentStartup, Sign);
            _windows.CellOf(window, groups.Title)?.AddStartups(ending.Startup, ending.ContentStartup, Sign);
            _windows.CellOf(window, groups.Cdn)?.AddStartups(ending.Startup, ending.ContentStartup, Sign);
            _windows.CellOf(window, groups.Country)?.AddStartups(ending.Startup, ending.ContentStartup, Sign);
            _windows.CellOf(window, groups.DeviceKind)?.AddStartups(ending.Startup, ending.ContentStartup, Sign);
        }
    }

    private void ChangeConcurrency(in ViewGroups groups, long second, int change)
    {
        _concurrency.Add(0, second, change);
        _concurrency.Add(groups.Title, second, change);
        _concurrency.Add(groups.Cdn, second, change);
        _concurrency.Add(groups.Country, second, change);
        _concurrency.Add(groups.DeviceKind, second, change);
    }
}
