using StreamSense.Core.Delivery;

namespace StreamSense.Testing.Sinks;

/// <summary>A sink whose first calls fail, and that hands on to another sink once they have.</summary>
/// <remarks>Owns the other sink. A failing call applies nothing, as the contract of sinks wants.</remarks>
public sealed class ThrowingSink : IBatchSink
{
    private readonly IBatchSink _inner;
    private readonly Func<Exception> _failure;
    private int _failuresLeft;
    private int _attempts;

    /// <summary>Creates the sink.</summary>
    /// <param name="inner">Takes what comes after the failures.</param>
    /// <param name="failures">How many writes fail; <see cref="int.MaxValue"/> for a sink that never works.</param>
    /// <param name="failure">
    /// Makes the exception of each failure, for example a <see cref="BatchRefusedException"/>; null for an <see cref="IOException"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="failures"/> is negative.</exception>
    public ThrowingSink(IBatchSink inner, int failures, Func<Exception>? failure = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfNegative(failures);
        _inner = inner;
        _failuresLeft = failures;
        _failure = failure ?? (static () => new IOException("The sink was told to fail."));
    }

    /// <inheritdoc/>
    public string Name { get; init; } = "throwing";

    /// <summary>How many writes were tried, the failed ones included.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <inheritdoc/>
    public ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        if (_failuresLeft > 0)
        {
            _failuresLeft--;
            return ValueTask.FromException(_failure());
        }

        return _inner.WriteAsync(batch, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
