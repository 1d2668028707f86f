using System.Buffers.Binary;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Delivery;

/// <summary>A batch of events on their way to a sink: copies of the events and of their annexes in memory of its own.</summary>
/// <remarks>
/// Reused batch after batch without allocating, once its annex memory has grown to what batches need. Not thread-safe: one thread at a time
/// fills or reads it.
/// </remarks>
public sealed class DeliveryBatch
{
    /// <summary>How many bytes each annex takes beside its own.</summary>
    public const int AnnexOverhead = sizeof(int);

    private readonly StreamEvent[] _events;
    private readonly AnnexStore _annexes;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="maxEvents">The most events it takes; their memory is taken at once.</param>
    /// <param name="maxAnnexBytes">The most annex bytes it takes (<see cref="AnnexOverhead"/> more count for each); a first annex larger
    /// than that is taken.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for an event, or a negative number of bytes.</exception>
    public DeliveryBatch(int maxEvents, int maxAnnexBytes = 1 << 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAnnexBytes, 0);
        _events = new StreamEvent[maxEvents];
        _annexes = new AnnexStore(maxAnnexBytes);
    }

    /// <summary>The shard whose order the events follow, from 0.</summary>
    public int Shard { get; init; }

    /// <summary>The position of the first event in the shard's order, from 0; 0 in an empty batch.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>How many events the batch holds.</summary>
    public int Count { get; private set; }

    /// <summary>How many events the batch can hold.</summary>
    public int Capacity => _events.Length;

    /// <summary>How many bytes the annexes may take.</summary>
    public int AnnexCapacity => _annexes.MaxBytes;

    /// <summary>How many bytes the annexes take.</summary>
    public int AnnexBytes => _annexes.Used;

    /// <summary>The events in the shard's order; between two of them events that are not for the sink may be missing.</summary>
    public ReadOnlySpan<StreamEvent> Events => _events.AsSpan(0, Count);

    /// <summary>The annex of one of these events; empty if it has none.</summary>
    /// <param name="streamEvent">An event of this batch.</param>
    public ReadOnlySpan<byte> AnnexOf(in StreamEvent streamEvent) => _annexes.Read(streamEvent.Annex);

    /// <summary>The batch as consumers see one.</summary>
    /// <returns>A view; valid until the batch is changed.</returns>
    public EventBatch AsEventBatch() => new(FirstSequence, Events, _annexes);

    /// <summary>Copies an event to the end of the batch.</summary>
    /// <param name="sequence">Its position in the shard's order.</param>
    /// <param name="streamEvent">The event.</param>
    /// <param name="annex">Its annex, or empty.</param>
    /// <returns>False if the batch is full; it is then unchanged.</returns>
    public bool TryAdd(long sequence, in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        if (Count == _events.Length || !_annexes.TryAdd(annex, force: Count == 0, out AnnexHandle handle))
        {
            return false;
        }

        if (Count == 0)
        {
            FirstSequence = sequence;
        }

        ref StreamEvent copy = ref _events[Count];
        copy = streamEvent;
        copy.Annex = handle;
        Count++;
        return true;
    }

    /// <summary>Empties the batch.</summary>
    public void Clear()
    {
        Count = 0;
        FirstSequence = 0;
        _annexes.Clear();
    }

    // Each annex follows its length in one array; a handle is the place of the length plus one, so that 0 stays "none".
    private sealed class AnnexStore(int maxBytes) : AnnexReader
    {
        private byte[] _bytes = [];

        public int MaxBytes { get; } = maxBytes;

        public int Used { get; private set; }

        public void Clear() => Used = 0;

        public bool TryAdd(ReadOnlySpan<byte> annex, bool force, out AnnexHandle handle)
        {
            handle = AnnexHandle.None;
            if (annex.IsEmpty)
            {
                return true;
            }

            int end = checked(Used + AnnexOverhead + annex.Length);
            if (end > MaxBytes && !force)
            {
                return false;
            }

            if (end > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(end, Math.Min(_bytes.Length * 2, MaxBytes)));
            }

            BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(Used), annex.Length);
            annex.CopyTo(_bytes.AsSpan(Used + AnnexOverhead));
            handle = new AnnexHandle((uint)Used + 1);
            Used = end;
            return true;
        }

        public override ReadOnlySpan<byte> Read(AnnexHandle handle)
        {
            if (handle.IsNone)
            {
                return default;
            }

            int start = (int)(handle.Value - 1);
            int length = BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(start, AnnexOverhead));
            return _bytes.AsSpan(start + AnnexOverhead, length);
        }
    }
}
