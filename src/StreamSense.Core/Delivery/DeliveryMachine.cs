using StreamSense.Core.Buffering;

namespace StreamSense.Core.Delivery;

/// <summary>The passive core of a delivery: each step does what can be done now and says what to wait for.</summary>
/// <remarks>
/// Stepped by one caller at a time: the task of <see cref="BatchingDelivery"/>, or a test with a clock of its own. A batch that was once
/// handed to the sink does not change until its fate is settled, so that a sink can tell a repetition.
/// </remarks>
internal sealed class DeliveryMachine : IDisposable
{
    private readonly RingCursor[] _cursors;
    private readonly BatchGatherer[] _gatherers;
    private readonly DeliveryLedger _ledger;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly SinkCall _call;
    private readonly Random _jitter;
    private readonly CancellationToken _deadline;
    private BatchGatherer? _held;
    private int _failures;
    private long _failedAt;
    private TimeSpan _backOff;
    private int _turn;
    private volatile bool _draining;
    private volatile DeliveryState _state;

    /// <param name="cursors">One for each shard.</param>
    /// <param name="ledger">Keeps the account.</param>
    /// <param name="sink">How the sink is called.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="deadline">Set when the time to shut down is over.</param>
    public DeliveryMachine(
        RingCursor[] cursors,
        DeliveryLedger ledger,
        SinkCall sink,
        DeliveryOptions options,
        TimeProvider time,
        CancellationToken deadline)
    {
        _cursors = cursors;
        _ledger = ledger;
        _call = sink;
        _options = options;
        _time = time;
        _deadline = deadline;
        _jitter = new Random(options.JitterSeed);
        _gatherers = new BatchGatherer[cursors.Length];
        for (int i = 0; i < cursors.Length; i++)
        {
            _gatherers[i] = new BatchGatherer(cursors[i], i, ledger, options, time);
        }
    }

    public DeliveryState State => _state;

    /// <summary>Whether the sink was given up: it may still be at work, and must not be called again.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>From now on batches do not wait to fill, and the machine finishes when nothing is left. Any thread.</summary>
    public void Drain() => _draining = true;

    public async ValueTask<NextStep> StepAsync()
    {
        if (_state == DeliveryState.Stopped)
        {
            return NextStep.Finished;
        }

        // Read before gathering: what was published before the call to drain is then certainly gathered.
        bool draining = _draining || AllCompleted();
        if (_deadline.IsCancellationRequested)
        {
            GiveUp();
            return NextStep.Finished;
        }

        if (_held is null)
        {
            _held = NextDue(draining, out TimeSpan wait);
            if (_held is null)
            {
                return Idle(draining, wait);
            }
        }
        else if (_failures > 0 && _time.GetElapsedTime(_failedAt) is var waited && waited < _backOff)
        {
            return new NextStep(NextStep.Wait.Time, _backOff - waited);
        }

        await AttemptAsync(_held).ConfigureAwait(false);
        return NextStep.Again;
    }

    public void Dispose() => _call.Dispose();

    private bool AllCompleted()
    {
        foreach (RingCursor cursor in _cursors)
        {
            if (!cursor.IsCompleted)
            {
                return false;
            }
        }

        return true;
    }

    private NextStep Idle(bool draining, TimeSpan wait)
    {
        if (draining)
        {
            _state = DeliveryState.Stopped;
            return NextStep.Finished;
        }

        _state = DeliveryState.Gathering;
        return new NextStep(NextStep.Wait.Events, wait);
    }

    // Takes turns, so that a busy shard does not keep the others from the sink.
    private BatchGatherer? NextDue(bool draining, out TimeSpan wait)
    {
        wait = Timeout.InfiniteTimeSpan;
        for (int i = 0; i < _gatherers.Length; i++)
        {
            BatchGatherer gatherer = _gatherers[(_turn + i) % _gatherers.Length];
            gatherer.Gather();
            if (gatherer.Batch.Count == 0)
            {
                continue;
            }

            TimeSpan left = _options.MaxDelay - gatherer.Age;
            if (gatherer.IsFull || draining || left <= TimeSpan.Zero)
            {
                _turn = (_turn + i + 1) % _gatherers.Length;
                return gatherer;
            }

            wait = wait == Timeout.InfiniteTimeSpan || left < wait ? left : wait;
        }

        return null;
    }

    private async ValueTask AttemptAsync(BatchGatherer gatherer)
    {
        _state = DeliveryState.Writing;
        _ledger.Attempted();
        BatchOutcome outcome = await _call.WriteAsync(gatherer.Batch).ConfigureAwait(false);
        if (outcome is BatchOutcome.Failed or BatchOutcome.Refused)
        {
            _ledger.AttemptFailed();
            _failures += _failures < int.MaxValue ? 1 : 0;
        }

        switch (outcome)
        {
            case BatchOutcome.Applied:
                _ledger.Applied(gatherer.Batch.Count);
                Release(gatherer);
                break;
            case BatchOutcome.Refused:
            case BatchOutcome.Failed when _options.OnFailure == FailureMode.Drop && _failures >= _options.Retry.Attempts:
                _ledger.Dropped(gatherer.Batch.Count, outcome);
                Release(gatherer);
                break;
            case BatchOutcome.Failed:
                BackOff();
                break;
            default:
                // The memory of this batch stays with the sink; the next step gives up the rest.
                Abandoned = true;
                break;
        }
    }

    private void BackOff()
    {
        // A schedule without delays says how often to try, not that a sink may be hammered for ever.
        TimeSpan delay = _options.Retry.DelayAfter(_failures, _jitter.NextDouble());
        _backOff = delay > TimeSpan.Zero ? delay : RetrySchedule.Default.DelayAfter(_failures, _jitter.NextDouble());
        _failedAt = _time.GetTimestamp();
        _state = DeliveryState.BackingOff;
    }

    private void Release(BatchGatherer gatherer)
    {
        gatherer.Clear();
        _held = null;
        _failures = 0;
    }

    private void GiveUp()
    {
        foreach (BatchGatherer gatherer in _gatherers)
        {
            if (gatherer.Batch.Count > 0)
            {
                _ledger.Dropped(gatherer.Batch.Count, BatchOutcome.Abandoned);
            }

            if (!(Abandoned && gatherer == _held))
            {
                gatherer.Clear();
            }

            gatherer.Discard();
        }

        _state = DeliveryState.Stopped;
    }
}
