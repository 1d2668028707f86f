using StreamSense.Core.Delivery;
using StreamSense.Core.Events;

namespace StreamSense.Sinks.Memory;

/// <summary>Keeps the last events in memory, for a live view and for tests.</summary>
/// <remarks>
/// Bounded by events and by annex bytes: what is oldest makes room. Written by one caller at a time as any <see cref="IBatchSink"/>, read
/// from any thread. All memory is taken when the sink is made; writing allocates nothing.
/// </remarks>
public sealed class MemorySink : IBatchSink
{
    private readonly Lock _lock = new();
    private readonly StreamEvent[] _events;
    private readonly int[] _annexLengths;
    private readonly byte[] _annexes;

    // Guarded by the lock; all four only grow. An event lies at its number modulo the capacity, annex bytes at theirs.
    private long _first;
    private long _end;
    private long _firstAnnexByte;
    private long _endAnnexByte;

    /// <summary>Makes an empty sink.</summary>
    /// <param name="capacity">The most events to keep.</param>
    /// <param name="annexBytes">The most annex bytes to keep; an event with a longer annex is kept without it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is room for no event, or a negative number of bytes.</exception>
    public MemorySink(int capacity = 10_000, int annexBytes = 1 << 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(annexBytes, 0);
        _events = new StreamEvent[capacity];
        _annexLengths = new int[capacity];
        _annexes = new byte[annexBytes];
    }

    /// <inheritdoc/>
    public string Name => "memory";

    /// <summary>How many events the sink can keep.</summary>
    public int Capacity => _events.Length;

    /// <summary>How many events the sink keeps now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return (int)(_end - _first);
            }
        }
    }

    /// <summary>How many events were ever written to the sink.</summary>
    public long Written
    {
        get
        {
            lock (_lock)
            {
                return _end;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (ref readonly StreamEvent streamEvent in batch.Events)
            {
                Add(in streamEvent, batch.AnnexOf(in streamEvent));
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Does nothing: what was kept can still be read.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Copies the latest events, oldest first.</summary>
    /// <param name="target">
    /// Cleared, then filled with as many of the latest as it takes; its sequence counts what was written to this sink.
    /// </param>
    /// <returns>How many were copied.</returns>
    public int CopyLatest(DeliveryBatch target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Clear();
        byte[] annex = [];
        lock (_lock)
        {
            long annexAt = _endAnnexByte;
            for (long number = FirstThatFits(target, ref annexAt); number < _end; number++)
            {
                int slot = (int)(number % _events.Length);
                int length = _annexLengths[slot];
                Array.Resize(ref annex, Math.Max(annex.Length, length));
                CopyOut(annexAt, annex.AsSpan(0, length));
                target.TryAdd(number, in _events[slot], annex.AsSpan(0, length));
                annexAt += length;
            }
        }

        return target.Count;
    }

    private long FirstThatFits(DeliveryBatch target, ref long annexAt)
    {
        long number = _end;
        for (int room = target.AnnexCapacity; number > _first && _end - number < target.Capacity; number--)
        {
            int length = _annexLengths[(number - 1) % _events.Length];
            room -= length == 0 ? 0 : length + DeliveryBatch.AnnexOverhead;
            if (room < 0)
            {
                break;
            }

            annexAt -= length;
        }

        return number;
    }

    private void Add(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        if (annex.Length > _annexes.Length)
        {
            annex = default;
        }

        while (_end - _first == _events.Length || _endAnnexByte - _firstAnnexByte + annex.Length > _annexes.Length)
        {
            _firstAnnexByte += _annexLengths[_first % _events.Length];
            _first++;
        }

        int slot = (int)(_end % _events.Length);
        _events[slot] = streamEvent;
        _events[slot].Annex = AnnexHandle.None;
        _annexLengths[slot] = annex.Length;
        CopyIn(annex);
        _end++;
    }

    private void CopyIn(ReadOnlySpan<byte> annex)
    {
        if (annex.IsEmpty)
        {
            return;
        }

        int start = (int)(_endAnnexByte % _annexes.Length);
        int head = Math.Min(annex.Length, _annexes.Length - start);
        annex[..head].CopyTo(_annexes.AsSpan(start));
        annex[head..].CopyTo(_annexes);
        _endAnnexByte += annex.Length;
    }

    private void CopyOut(long from, Span<byte> annex)
    {
        if (annex.IsEmpty)
        {
            return;
        }

        int start = (int)(from % _annexes.Length);
        int head = Math.Min(annex.Length, _annexes.Length - start);
        _annexes.AsSpan(start, head).CopyTo(annex);
        _annexes.AsSpan(0, annex.Length - head).CopyTo(annex[head..]);
    }
}
