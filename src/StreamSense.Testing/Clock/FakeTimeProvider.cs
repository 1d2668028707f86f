using System.Diagnostics.CodeAnalysis;

namespace StreamSense.Testing.Clock;

/// <summary>A clock that moves only when a test moves it, and fires its timers while it moves.</summary>
/// <remarks>
/// Safe for use by several threads. Callbacks run on the thread that calls <see cref="Advance"/>, one after another in the order in
/// which they are due, with the clock standing at the moment each is due. A timer that is due at once waits for the next
/// <see cref="Advance"/>; <c>Advance(TimeSpan.Zero)</c> is enough. <see cref="GetTimestamp"/> follows the same clock, at 10 MHz.
/// </remarks>
public sealed class FakeTimeProvider : TimeProvider
{
    /// <summary>How many callbacks one <see cref="Advance"/> runs before it takes the timers for a loop without an end.</summary>
    public const int MaximumFiringsPerAdvance = 1_000_000;

    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<TimerWaiter> _waiters = [];
    private readonly long _startTicks;
    private long _nowTicks;
    private long _armings;

    /// <summary>A clock that stands at 2026-01-01T00:00:00Z.</summary>
    public FakeTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that stands at a given instant.</summary>
    /// <param name="start">The first instant.</param>
    public FakeTimeProvider(DateTimeOffset start)
    {
        _startTicks = start.UtcTicks;
        _nowTicks = start.UtcTicks;
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The number of timers that are waiting for their moment.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>How long until the next timer is due; null where none waits.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
            {
                return Earliest(long.MaxValue) is { } next ? TimeSpan.FromTicks(Math.Max(0, next.DueTicks - _nowTicks)) : null;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _nowTicks), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _nowTicks) - _startTicks;

    /// <summary>Moves the clock forward and runs every timer that becomes due on the way.</summary>
    /// <param name="by">How far; zero runs what is due now.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">
    /// More than <see cref="MaximumFiringsPerAdvance"/> callbacks ran: a timer arms itself again without time passing.
    /// </exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target;
        lock (_gate)
        {
            target = _nowTicks + by.Ticks;
        }

        for (int fired = 0; fired < MaximumFiringsPerAdvance; fired++)
        {
            FakeTimer? due;
            lock (_gate)
            {
                due = Earliest(target);
                MoveTo(due is null ? target : due.DueTicks);
                if (due is null)
                {
                    return;
                }

                Rearm(due);
            }

            due.Fire();
        }

        throw new InvalidOperationException($"More than {MaximumFiringsPerAdvance} timer callbacks ran in one Advance.");
    }

    /// <summary>Moves the clock forward to an instant, as <see cref="Advance"/> does.</summary>
    /// <param name="instant">The instant; not before <see cref="GetUtcNow"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The clock has already passed <paramref name="instant"/>.</exception>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    /// <summary>Completes when at least a number of timers are waiting: what a test awaits before it advances past them.</summary>
    /// <param name="count">The number of timers.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>A task that completes asynchronously.</returns>
    public async Task WaitForTimersAsync(int count, CancellationToken cancellation = default)
    {
        TimerWaiter waiter;
        lock (_gate)
        {
            if (_timers.Count >= count)
            {
                return;
            }

            waiter = new TimerWaiter(count);
            _waiters.Add(waiter);
        }

        using CancellationTokenRegistration registration =
            cancellation.Register(static (state, token) => ((TimerWaiter)state!).Reached.TrySetCanceled(token), waiter);
        try
        {
            await waiter.Reached.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal bool Arm(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfOutOfRange(dueTime, nameof(dueTime));
        ThrowIfOutOfRange(period, nameof(period));
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            _timers.Remove(timer);
            timer.PeriodTicks = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Add(timer, _nowTicks + dueTime.Ticks);
            }

            return true;
        }
    }

    internal void Disarm(FakeTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private static void ThrowIfOutOfRange(TimeSpan value, [NotNull] string name)
    {
        if (value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, value, "The time is negative and not infinite.");
        }
    }

    private void Add(FakeTimer timer, long dueTicks)
    {
        timer.DueTicks = dueTicks;
        timer.Arming = ++_armings;
        _timers.Add(timer);
        foreach (TimerWaiter waiter in _waiters)
        {
            if (_timers.Count >= waiter.Count)
            {
                waiter.Reached.TrySetResult();
            }
        }
    }

    // A callback may have advanced the clock beyond this call's own target: it never goes back.
    private void MoveTo(long ticks)
    {
        if (ticks > _nowTicks)
        {
            Interlocked.Exchange(ref _nowTicks, ticks);
        }
    }

    private void Rearm(FakeTimer timer)
    {
        _timers.Remove(timer);
        if (timer.PeriodTicks > 0)
        {
            Add(timer, timer.DueTicks + timer.PeriodTicks);
        }
    }

    private FakeTimer? Earliest(long notAfterTicks)
    {
        FakeTimer? earliest = null;
        foreach (FakeTimer timer in _timers)
        {
            if (timer.DueTicks <= notAfterTicks && (earliest is null || timer.IsBefore(earliest)))
            {
                earliest = timer;
            }
        }

        return earliest;
    }

    private sealed class TimerWaiter(int count)
    {
        internal int Count { get; } = count;

        internal TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
