namespace StreamSense.Core.Ingest;

/// <summary>The last records that were refused: a bounded store in memory, in which new ones push out the oldest.</summary>
/// <remarks>
/// Thread-safe. The counts by reason outlive the records. What is kept are the bytes as they came, raw ids included: they stay in
/// memory, and a record refused because measurement was not granted is counted without its bytes.
/// </remarks>
public sealed class FailedEvents
{
    /// <summary>At most so many bytes of a record are kept.</summary>
    public const int MaxRawBytes = 4096;

    // What an entry costs beside its bytes: the object, its message, its place in the queue.
    private const int EntryOverhead = 256;

    private readonly Lock _lock = new();
    private readonly Queue<FailedEvent> _entries = new();
    private readonly long[] _counts = new long[IngestCounters.ReasonCount];
    private readonly IFailedEventStore? _store;
    private long _bytes;
    private long _rolledOff;

    /// <summary>Creates a store.</summary>
    /// <param name="maxBytes">How many bytes its records may take together.</param>
    /// <param name="maxCount">How many records it may hold.</param>
    /// <param name="store">Keeps the records beyond the memory of the process; null for none.</param>
    public FailedEvents(long maxBytes = 8 * 1024 * 1024, int maxCount = 10_000, IFailedEventStore? store = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, MaxRawBytes * 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCount, 1);
        _store = store;
        MaxBytes = maxBytes;
        MaxCount = maxCount;
    }

    /// <summary>How many bytes the records may take together.</summary>
    public long MaxBytes { get; }

    /// <summary>How many records the store may hold.</summary>
    public int MaxCount { get; }

    /// <summary>How many records the store holds.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>How many records were pushed out by newer ones.</summary>
    public long RolledOff => Interlocked.Read(ref _rolledOff);

    /// <summary>How many records were ever refused for a reason.</summary>
    /// <param name="reason">The reason.</param>
    public long CountOf(RejectReason reason) => Interlocked.Read(ref _counts[(int)reason]);

    /// <summary>Keeps a refused record.</summary>
    /// <param name="failed">The record; bytes beyond <see cref="MaxRawBytes"/> are cut.</param>
    public void Add(FailedEvent failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        Add(failed, failed.Raw.Span);
    }

    /// <summary>The records kept, newest first.</summary>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<FailedEvent> Newest(int limit = int.MaxValue)
    {
        lock (_lock)
        {
            var newest = new FailedEvent[Math.Min(Math.Max(0, limit), _entries.Count)];
            int place = _entries.Count;
            foreach (FailedEvent entry in _entries)
            {
                place--;
                if (place < newest.Length)
                {
                    newest[place] = entry;
                }
            }

            return newest;
        }
    }

    internal void Add(FailedEvent failed, ReadOnlySpan<byte> raw)
    {
        Interlocked.Increment(ref _counts[(int)failed.Reason]);
        bool forget = failed.Reason == RejectReason.NoConsent;
        var kept = failed with
        {
            Raw = forget ? default : raw[..Math.Min(raw.Length, MaxRawBytes)].ToArray(),
            IsRawTruncated = !forget && (failed.IsRawTruncated || raw.Length > MaxRawBytes),
        };
        _store?.Add(kept);
        lock (_lock)
        {
            _entries.Enqueue(kept);
            _bytes += SizeOf(kept);
            while (_entries.Count > MaxCount || _bytes > MaxBytes)
            {
                _bytes -= SizeOf(_entries.Dequeue());
                Interlocked.Increment(ref _rolledOff);
            }
        }
    }

    private static int SizeOf(FailedEvent entry) => entry.Raw.Length + (entry.Message.Length * sizeof(char)) + EntryOverhead;
}
