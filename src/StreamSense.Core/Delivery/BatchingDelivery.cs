using StreamSense.Core.Buffering;

namespace StreamSense.Core.Delivery;

/// <summary>Follows the sequenced order of every shard and brings it, batch by batch, to one sink.</summary>
/// <remarks>
/// <para>The one machine between the ring and the sinks: it gathers up to <see cref="DeliveryOptions.MaxBatchEvents"/> events or
/// <see cref="DeliveryOptions.MaxDelay"/>, calls the sink, retries with growing delays, drops and counts what cannot be delivered, and
/// drains at shutdown. A batch holds events of one shard, in its order.</para>
/// <para>Each delivery has a cursor of its own: a slow sink holds back only the slots of the ring, and one that fails drops its batches
/// (<see cref="FailureMode.Drop"/>) rather than hold back the others. Within one run of the process an event reaches the sink at least once
/// where the sink tells the truth about failed calls, and once where no call ended in doubt.</para>
/// <para><see cref="Counts"/>, <see cref="State"/> and <see cref="LastError"/> may be read from any thread.</para>
/// </remarks>
public sealed class BatchingDelivery : IAsyncDisposable
{
    private readonly IBatchSink _sink;
    private readonly RingCursor[] _cursors;
    private readonly Task<bool>?[] _dataWaits;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly DeliveryLedger _ledger;
    private readonly SinkCall _call;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _deadline = new();
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lifecycle = new();
    private Task? _run;
    private Task<DeliveryCounts>? _stop;
    private bool _disposed;

    /// <summary>Prepares a delivery of everything that is published from now on; nothing is called before <see cref="Start"/>.</summary>
    /// <param name="sink">Where the events go; disposed with the delivery.</param>
    /// <param name="rings">The sequenced order of each shard; the delivery adds a cursor to each and takes it back when it stops.</param>
    /// <param name="options">How to gather and what to do about failures.</param>
    /// <param name="time">The clock of delays and time-outs; the system's if not given.</param>
    /// <exception cref="ArgumentException">There is no ring.</exception>
    public BatchingDelivery(
        IBatchSink sink,
        IReadOnlyList<EventRing> rings,
        DeliveryOptions? options = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(rings);
        if (rings.Count == 0)
        {
            throw new ArgumentException("A delivery follows at least one shard.", nameof(rings));
        }

        _options = options ?? new DeliveryOptions();
        _sink = sink;
        _time = time ?? TimeProvider.System;
        _cursors = new RingCursor[rings.Count];
        for (int i = 0; i < _cursors.Length; i++)
        {
            _cursors[i] = rings[i].AddCursor();
        }

        _dataWaits = new Task<bool>?[_cursors.Length];
        _ledger = new DeliveryLedger(_cursors);
        _call = new SinkCall(sink, _options.AttemptTimeout, _time, _deadline.Token, _abandoned.Task);
        Machine = new DeliveryMachine(_cursors, _ledger, _call, _options, _time, _deadline.Token);
    }

    /// <summary>The name of the sink.</summary>
    public string Name => _sink.Name;

    /// <summary>What became of the events so far.</summary>
    public DeliveryCounts Counts => _ledger.Read();

    /// <summary>What the delivery is doing.</summary>
    public DeliveryState State => Machine.State;

    /// <summary>What the sink threw last; null if it never failed. It stays after the sink has recovered.</summary>
    public Exception? LastError => _call.LastError;

    /// <summary>The passive core, for tests that step it.</summary>
    internal DeliveryMachine Machine { get; }

    /// <summary>Begins to deliver, on a task of its own; a second call does nothing.</summary>
    /// <exception cref="ObjectDisposedException">The delivery has been stopped.</exception>
    public void Start()
    {
        lock (_lifecycle)
        {
            ObjectDisposedException.ThrowIf(_stop is not null, this);
            _run ??= Task.Run(RunAsync);
        }
    }

    /// <summary>Delivers what has been published, flushes the sink, and stops; every call gets the same answer.</summary>
    /// <remarks>
    /// Call it when nothing more is published: it goes on while something is. At the deadline the sink's call is cancelled, what is left
    /// is counted as <see cref="DeliveryCounts.DroppedUnfinished"/>, and a sink that does not return within
    /// <see cref="DeliveryOptions.AbandonAfter"/> is given up. Never throws for what the sink does.
    /// </remarks>
    /// <param name="deadline">How long draining may take; <see cref="DeliveryOptions.ShutdownDeadline"/> if not given.</param>
    /// <returns>The final counts; <see cref="DeliveryCounts.Pending"/> is not 0 only if the sink blocks the thread that called
    /// it.</returns>
    public Task<DeliveryCounts> StopAsync(TimeSpan? deadline = null)
    {
        if (deadline < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(deadline), deadline, "A deadline is not negative.");
        }

        lock (_lifecycle)
        {
            return _stop ??= StopCoreAsync(deadline ?? _options.ShutdownDeadline);
        }
    }

    /// <summary>Stops within <see cref="DeliveryOptions.ShutdownDeadline"/> and disposes the sink, unless that was given up at
    /// work.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        lock (_lifecycle)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        if (!Machine.Abandoned && _run is { IsCompleted: true })
        {
            await _sink.DisposeAsync().ConfigureAwait(false);
            Machine.Dispose();
            _deadline.Dispose();
            _stopping.Dispose();
        }
    }

    private async Task<DeliveryCounts> StopCoreAsync(TimeSpan deadline)
    {
        // The lock of the caller is left first: cancelling runs what waits on the tokens.
        await Task.Yield();
        Machine.Drain();
        await _stopping.CancelAsync().ConfigureAwait(false);
        using ITimer deadlineTimer = _time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), _deadline, deadline, Timeout.InfiniteTimeSpan);
        using ITimer abandonTimer = _time.CreateTimer(
            static source => ((TaskCompletionSource)source!).TrySetResult(),
            _abandoned,
            deadline + _options.AbandonAfter,
            Timeout.InfiniteTimeSpan);
        Task run;
        lock (_lifecycle)
        {
            run = _run ??= Task.Run(RunAsync);
        }

        await Task.WhenAny(run, LastChanceAsync()).ConfigureAwait(false);
        return _ledger.Read();
    }

    // The run ends by itself soon after a sink was given up; only a sink that blocks its thread keeps it.
    private async Task LastChanceAsync()
    {
        await _abandoned.Task.ConfigureAwait(false);
        await Task.Delay(_options.AbandonAfter, _time).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        NextStep next;
        do
        {
            next = await Machine.StepAsync().ConfigureAwait(false);
            if (next.Kind == NextStep.Wait.Events)
            {
                await WaitForEventsAsync(next.Delay).ConfigureAwait(false);
            }
            else if (next.Kind == NextStep.Wait.Time)
            {
                await WaitQuietly(DelayAsync(next.Delay, _deadline.Token)).ConfigureAwait(false);
            }
        }
        while (next.Kind != NextStep.Wait.Finished);

        // The ring must not wait for a reader that reads no more.
        Array.ForEach(_cursors, static cursor => cursor.Dispose());
        if (!Machine.Abandoned)
        {
            await _call.FlushAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask WaitForEventsAsync(TimeSpan delay)
    {
        Task events = _cursors.Length == 1 ? EventsOf(0) : EventsOfAny();
        if (events.IsCompleted || delay == Timeout.InfiniteTimeSpan)
        {
            await WaitQuietly(events).ConfigureAwait(false);
            return;
        }

        using var endDelay = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await Task.WhenAny(events, DelayAsync(delay, endDelay.Token)).ConfigureAwait(false);
        await endDelay.CancelAsync().ConfigureAwait(false);
    }

    // A wait for events outlives the delay that is waited for beside it: a cursor has one waiter at a time.
    private Task<bool> EventsOf(int shard)
    {
        if (_dataWaits[shard] is null or { IsCompleted: true })
        {
            _dataWaits[shard] = _cursors[shard].WaitToReadAsync(_stopping.Token).AsTask();
        }

        return _dataWaits[shard]!;
    }

    // A shard that is completed has nothing to wait for; when all are, the machine does not ask to wait.
    private Task<Task<bool>> EventsOfAny()
    {
        var waits = new List<Task<bool>>(_cursors.Length);
        for (int i = 0; i < _cursors.Length; i++)
        {
            if (!_cursors[i].IsCompleted)
            {
                waits.Add(EventsOf(i));
            }
        }

        return waits.Count > 0 ? Task.WhenAny(waits) : Task.FromResult(Task.FromResult(false));
    }

    // Delays are cut to whole milliseconds: what is left of one would be waited for in a busy loop.
    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), _time, cancellationToken);

    private static async ValueTask WaitQuietly(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
