namespace StreamSense.Core.Buffering;

/// <summary>Where threads and tasks sleep until another thread signals.</summary>
/// <remarks>
/// Any number of sleepers and signallers. <see cref="Signal"/> costs one volatile read while nobody sleeps. No wake-up is lost: a
/// sleeper first arms the gate, then passes a process-wide memory barrier, then looks at the condition once more; the signaller
/// first changes the condition, then looks at the gate. The barrier is on the sleeper's side only, so that the signaller, which is the
/// hot path, needs none (asymmetric Dekker protocol). A signal that nobody waits for is not remembered: the condition is what counts.
/// </remarks>
public sealed class WaitGate
{
    // A Monitor rather than a Lock: sleepers wait on it.
    private readonly object _sync = new();

    // How many sleepers have armed the gate in this round; written under the lock, read by signallers without it.
    private PaddedFlag _armed;

    // Guarded by the lock. A signal ends a round and wakes everyone who armed the gate in it.
    private long _round;
    private TaskCompletionSource? _asleep;

    /// <summary>Wakes everyone who waits at the gate.</summary>
    /// <remarks>To be called after the change that makes an <see cref="IWaitable.IsReady"/> true.</remarks>
    public void Signal()
    {
        if (Volatile.Read(ref _armed.Value) != 0)
        {
            EndRound();
        }
    }

    /// <summary>Puts the calling thread to sleep until the gate is signalled or a time has passed, unless there is no reason to.</summary>
    /// <param name="source">What is waited for; its gate is this one.</param>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <returns>
    /// Whether the source is ready. False after the timeout, but also after a signal that was meant for somebody else: ask again.
    /// </returns>
    public bool Wait(IWaitable source, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(source);
        long round = Arm();
        if (source.IsReady)
        {
            Disarm(round);
            return true;
        }

        lock (_sync)
        {
            // One wait is enough: a pulse ends the round, and anything else is a timeout.
            if (_round == round && !Monitor.Wait(_sync, timeout) && _round == round)
            {
                _armed.Value--;
            }
        }

        return source.IsReady;
    }

    /// <summary>Completes when the gate is signalled, at once if there is no reason to wait.</summary>
    /// <param name="source">What is waited for; its gate is this one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the source is ready; false after a signal that was meant for somebody else: ask again.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async ValueTask<bool> WaitAsync(IWaitable source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        long round = Arm();
        if (source.IsReady)
        {
            Disarm(round);
            return true;
        }

        Task wake;
        lock (_sync)
        {
            if (_round != round)
            {
                return source.IsReady;
            }

            _asleep ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            wake = _asleep.Task;
        }

        try
        {
            await wake.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Disarm(round);
            throw;
        }

        return source.IsReady;
    }

    /// <summary>Announces a sleeper. After it returns, every signaller either sees the sleeper, or the sleeper sees its change.</summary>
    internal long Arm()
    {
        long round;
        lock (_sync)
        {
            _armed.Value++;
            round = _round;
        }

        Interlocked.MemoryBarrierProcessWide();
        return round;
    }

    /// <summary>Takes back an <see cref="Arm"/>.</summary>
    internal void Disarm(long round)
    {
        lock (_sync)
        {
            if (_round == round)
            {
                _armed.Value--;
            }
        }
    }

    private void EndRound()
    {
        TaskCompletionSource? asleep;
        lock (_sync)
        {
            if (_armed.Value == 0)
            {
                return;
            }

            // Whoever was armed in this round is awake by this; signals that follow are cheap again at once.
            Volatile.Write(ref _armed.Value, 0);
            _round++;
            asleep = _asleep;
            _asleep = null;
            Monitor.PulseAll(_sync);
        }

        asleep?.SetResult();
    }
}
