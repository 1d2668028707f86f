namespace StreamSense.Core.Delivery;

/// <summary>Where events leave to: a file, a table, a broker. An author writes <see cref="WriteAsync"/>; everything else is the
/// core's.</summary>
/// <remarks>
/// Used by one <see cref="BatchingDelivery"/>, one call at a time, never two at once: an implementation needs no locks for these members.
/// Gathering, retries, back-off, time-outs, draining and accounting are done outside; a sink neither retries nor swallows a failure.
/// </remarks>
public interface IBatchSink : IAsyncDisposable
{
    /// <summary>What this sink is called in counts, health and messages, for example <c>files</c>.</summary>
    string Name { get; }

    /// <summary>Writes one batch, whole or not at all.</summary>
    /// <remarks>
    /// A call that returns has applied every event of the batch; one that throws has applied none, and the same batch comes again. A sink
    /// that cannot tell (a connection that broke before the answer) throws, and leaves telling duplicates to the event ids on the far side.
    /// A sink that is cancelled stops soon: until it returns, nothing else is delivered to it.
    /// </remarks>
    /// <param name="batch">The events; valid until the call returns, not to be kept.</param>
    /// <param name="cancellationToken">Set when the attempt has taken too long or the time to shut down is over.</param>
    /// <exception cref="BatchRefusedException">The batch can never be written; it is dropped and counted, not tried again.</exception>
    ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken);

    /// <summary>Makes what was written as lasting as this sink can; called once after the last batch.</summary>
    /// <param name="cancellationToken">Set when the time to shut down is over.</param>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
