using StreamSense.Core.Buffering;

namespace StreamSense.Ml.Features;

/// <summary>A slab that forgets the row longest not written when it is full.</summary>
/// <remarks>One writer at a time; <see cref="TryRead"/> from any thread.</remarks>
internal sealed class MemoryTable<TRow>(int maxRows) : IDisposable
    where TRow : unmanaged
{
    private readonly Slab<TRow> _slab = new(maxRows);
    private readonly RecencyList _recency = new();
    private long _evicted;

    public int Count => _slab.Count;

    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Opens the row of a key for writing; the row is empty if it is new.</summary>
    public ref TRow BeginWrite(ulong key, out int row)
    {
        if (_slab.TryFind(key, out row))
        {
            _recency.Touch(row);
            return ref _slab.BeginWrite(row);
        }

        if (!_slab.TryGetOrAdd(key, out row, out _))
        {
            ForgetOldest();
            if (!_slab.TryGetOrAdd(key, out row, out _))
            {
                throw new InvalidOperationException("A slab with a free row refused a key.");
            }
        }

        _recency.Add(row);
        return ref _slab.BeginWrite(row);
    }

    public void EndWrite(int row) => _slab.EndWrite(row);

    public bool Remove(ulong key)
    {
        if (!_slab.TryFind(key, out int row))
        {
            return false;
        }

        _recency.Remove(row);
        return _slab.Remove(key);
    }

    public bool TryRead(ulong key, out TRow copy) => _slab.TryRead(key, out copy);

    public void Dispose() => _slab.Dispose();

    private void ForgetOldest()
    {
        int oldest = _recency.Oldest;
        _recency.Remove(oldest);
        _slab.Remove(_slab.KeyOf(oldest));
        Interlocked.Increment(ref _evicted);
    }
}
