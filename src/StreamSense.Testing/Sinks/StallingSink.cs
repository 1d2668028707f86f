using StreamSense.Core.Delivery;

namespace StreamSense.Testing.Sinks;

/// <summary>A sink that does not return from a write until a test lets it, or the write is cancelled.</summary>
/// <remarks>Owns the sink to which it hands on. <see cref="Release"/> and the waiting may be called from any thread.</remarks>
public sealed class StallingSink : IBatchSink
{
    private readonly IBatchSink _inner;
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Creates the sink, stalled.</summary>
    /// <param name="inner">Takes the batches once they may pass.</param>
    public StallingSink(IBatchSink inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
    }

    /// <inheritdoc/>
    public string Name { get; init; } = "stalling";

    /// <summary>Completes when the first write has come and hangs.</summary>
    public Task Stalled => _entered.Task;

    /// <summary>Lets the write that hangs, and all later ones, pass.</summary>
    public void Release() => _released.TrySetResult();

    /// <inheritdoc/>
    public async ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        _entered.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _inner.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
