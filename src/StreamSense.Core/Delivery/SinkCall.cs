namespace StreamSense.Core.Delivery;

/// <summary>Makes one call of a sink at a time, bounded in time.</summary>
/// <remarks>
/// A call that overruns is cancelled, and then still waited for: the batch's memory is not touched while a sink may be reading it.
/// Only at shutdown is a sink that does not return given up.
/// </remarks>
internal sealed class SinkCall : IDisposable
{
    private readonly IBatchSink _sink;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly CancellationToken _deadline;
    private readonly Task _abandoned;
    private CancellationTokenSource? _attempt;
    private CancellationTokenRegistration _registration;

    /// <param name="sink">The sink.</param>
    /// <param name="timeout">How long a write may take before it is cancelled.</param>
    /// <param name="time">The clock.</param>
    /// <param name="deadline">Set when the time to shut down is over.</param>
    /// <param name="abandoned">Completes when a sink that was cancelled is given up.</param>
    public SinkCall(IBatchSink sink, TimeSpan timeout, TimeProvider time, CancellationToken deadline, Task abandoned)
    {
        _sink = sink;
        _timeout = timeout;
        _time = time;
        _deadline = deadline;
        _abandoned = abandoned;
    }

    /// <summary>What the sink threw last.</summary>
    public Exception? LastError { get; private set; }

    public async ValueTask<BatchOutcome> WriteAsync(DeliveryBatch batch)
    {
        try
        {
            CancellationToken token = StartAttempt();
            ValueTask call = _sink.WriteAsync(batch, token);
            return await CompleteAsync(call).ConfigureAwait(false) ? BatchOutcome.Applied : BatchOutcome.Abandoned;
        }
        catch (BatchRefusedException refused)
        {
            LastError = refused;
            return BatchOutcome.Refused;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LastError = failure;
            return BatchOutcome.Failed;
        }
        finally
        {
            EndAttempt();
        }
    }

    /// <summary>Flushes the sink once.</summary>
    /// <returns>False if it failed or was given up.</returns>
    public async ValueTask<bool> FlushAsync()
    {
        try
        {
            return await CompleteAsync(_sink.FlushAsync(_deadline)).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LastError = failure;
            return false;
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _attempt?.Dispose();
    }

    private async ValueTask<bool> CompleteAsync(ValueTask call)
    {
        if (call.IsCompleted)
        {
            await call.ConfigureAwait(false);
            return true;
        }

        Task task = call.AsTask();
        if (await Task.WhenAny(task, _abandoned).ConfigureAwait(false) != task)
        {
            // Whatever it still throws has no reader; it is looked at so that it is not reported as unobserved.
            _ = task.ContinueWith(
                static late => _ = late.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            return false;
        }

        await task.ConfigureAwait(false);
        return true;
    }

    // One source serves attempt after attempt while none is cancelled, so that a healthy sink costs no allocation here.
    private CancellationToken StartAttempt()
    {
        if (_attempt is null)
        {
            _attempt = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
            _registration = _deadline.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _attempt);
        }

        _attempt.CancelAfter(_timeout);
        return _attempt.Token;
    }

    private void EndAttempt()
    {
        if (_attempt is not null && !_attempt.TryReset())
        {
            _registration.Dispose();
            _attempt.Dispose();
            _attempt = null;
        }
    }
}
