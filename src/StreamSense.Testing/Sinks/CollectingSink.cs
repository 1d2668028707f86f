using StreamSense.Core.Delivery;
using StreamSense.Core.Events;

namespace StreamSense.Testing.Sinks;

/// <summary>A sink that keeps every event in memory, for a test to look at.</summary>
/// <remarks>Safe to read from other threads while it is written to. Its memory is not bounded: it is for tests.</remarks>
public sealed class CollectingSink : IBatchSink
{
    private readonly Lock _gate = new();
    private readonly List<StreamEvent> _events = [];
    private readonly List<byte[]> _annexes = [];
    private readonly List<int> _batchSizes = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private bool _flushed;
    private bool _disposed;

    /// <inheritdoc/>
    public string Name { get; init; } = "collecting";

    /// <summary>
    /// The events so far, in the order in which they came; a copy.
    /// Their annex handles mean nothing here: see <see cref="Annexes"/>.
    /// </summary>
    public IReadOnlyList<StreamEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The annex of each of <see cref="Events"/>, by its place; a copy.</summary>
    public IReadOnlyList<byte[]> Annexes
    {
        get
        {
            lock (_gate)
            {
                return [.. _annexes];
            }
        }
    }

    /// <summary>How many events each batch had; a copy.</summary>
    public IReadOnlyList<int> BatchSizes
    {
        get
        {
            lock (_gate)
            {
                return [.. _batchSizes];
            }
        }
    }

    /// <summary>Whether <see cref="FlushAsync"/> was called after the last batch.</summary>
    public bool IsFlushed
    {
        get
        {
            lock (_gate)
            {
                return _flushed;
            }
        }
    }

    /// <summary>Whether the sink was disposed of.</summary>
    public bool IsDisposed
    {
        get
        {
            lock (_gate)
            {
                return _disposed;
            }
        }
    }

    /// <summary>Completes when a number of events have come: what a test awaits instead of sleeping.</summary>
    /// <param name="count">The number of events.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task WaitForEventsAsync(int count, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_events.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            foreach (ref readonly StreamEvent streamEvent in batch.Events)
            {
                _events.Add(streamEvent);
                _annexes.Add(batch.AnnexOf(streamEvent).ToArray());
            }

            _batchSizes.Add(batch.Count);
            _flushed = false;
            _waiters.RemoveAll(waiter => _events.Count >= waiter.Count && waiter.Reached.TrySetResult());
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _flushed = true;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        return ValueTask.CompletedTask;
    }
}
