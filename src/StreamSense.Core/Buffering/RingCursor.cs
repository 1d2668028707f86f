using System.Runtime.CompilerServices;

namespace StreamSense.Core.Buffering;

/// <summary>One reader's place in an <see cref="EventRing"/>.</summary>
/// <remarks>One thread at a time, except <see cref="Position"/> and <see cref="Pending"/>, which any thread may read.</remarks>
public sealed class RingCursor : IWaitable, IDisposable
{
    private readonly EventRing _ring;
    private volatile bool _removed;

    // Reader side: Value is the position released, CachedPeer the published position when last looked at.
    private PaddedPosition _reader;

    internal RingCursor(EventRing ring, long position)
    {
        _ring = ring;
        StartAt(position);
    }

    /// <summary>The position of the next event to read: everything before it is released.</summary>
    public long Position => Volatile.Read(ref _reader.Value);

    /// <summary>How many published events this reader has not released yet.</summary>
    public long Pending => _removed ? 0 : Math.Max(0, _ring.Published - Position);

    /// <summary>Whether the ring is completed and everything in it was read.</summary>
    public bool IsCompleted => _ring.IsCompleted && Pending == 0;

    /// <inheritdoc/>
    public WaitGate Gate => _ring.Readable;

    /// <inheritdoc/>
    public bool IsReady => Pending > 0 || _ring.IsCompleted || _removed;

    /// <summary>The next events, without releasing them.</summary>
    /// <param name="max">How many at most.</param>
    /// <returns>A run that may be shorter than what is pending; empty if nothing is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EventBatch Peek(int max)
    {
        long position = _reader.Value;
        if (_reader.CachedPeer == position)
        {
            _reader.CachedPeer = _removed ? position : _ring.Published;
        }

        return _ring.BatchAt(position, Math.Min(_reader.CachedPeer - position, max));
    }

    /// <summary>Releases the first of the events that <see cref="Peek"/> showed.</summary>
    /// <param name="count">How many of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than were shown.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count)
    {
        long position = _reader.Value;
        if ((ulong)count > (ulong)(_reader.CachedPeer - position))
        {
            ThrowAdvancedTooFar(count);
        }

        Volatile.Write(ref _reader.Value, position + count);
        _ring.SignalRoom();
    }

    /// <summary>Completes when there is something to read.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the ring is completed and everything in it was read.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        Pending > 0 ? new ValueTask<bool>(true) : SleepAsync(cancellationToken);

    /// <summary>Takes the reader out of the ring, which no longer waits for it (the reader's thread).</summary>
    public void Dispose()
    {
        if (!_removed)
        {
            _removed = true;
            _reader.CachedPeer = _reader.Value;
            _ring.Remove(this);
            _ring.Readable.Signal();
        }
    }

    internal void StartAt(long position)
    {
        _reader.CachedPeer = position;
        Volatile.Write(ref _reader.Value, position);
    }

    private static void ThrowAdvancedTooFar(int count) =>
        throw new ArgumentOutOfRangeException(nameof(count), count, "More events were released than were shown.");

    private async ValueTask<bool> SleepAsync(CancellationToken cancellationToken)
    {
        while (!IsReady)
        {
            await Gate.WaitAsync(this, cancellationToken).ConfigureAwait(false);
        }

        return Pending > 0;
    }
}
