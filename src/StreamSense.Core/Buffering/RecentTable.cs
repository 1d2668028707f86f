namespace StreamSense.Core.Buffering;

/// <summary>A slab that forgets the row longest not written when it is full, and counts it.</summary>
/// <remarks>One writer at a time; <see cref="TryRead"/>, <see cref="TryReadAt"/> and the counts from any thread. Nothing is
/// allocated once the pages have their size.</remarks>
/// <typeparam name="TRow">The row; cleared when it is added.</typeparam>
/// <param name="maxRows">How many rows it may hold.</param>
public sealed class RecentTable<TRow>(int maxRows) : IDisposable
    where TRow : unmanaged
{
    private readonly Slab<TRow> _slab = new(maxRows);
    private readonly RecencyList _recency = new();
    private long _evicted;

    /// <summary>How many rows the table holds.</summary>
    public int Count => _slab.Count;

    /// <summary>How many rows were forgotten to make room for others.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Opens the row of a key for writing, cleared if it is new (writer).</summary>
    /// <param name="key">The key; any value.</param>
    /// <param name="row">The row's number, for <see cref="EndWrite"/>.</param>
    /// <returns>The row.</returns>
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

    /// <summary>Shows readers what was written since <see cref="BeginWrite"/> (writer).</summary>
    /// <param name="row">The row's number.</param>
    public void EndWrite(int row) => _slab.EndWrite(row);

    /// <summary>Forgets the row of a key (writer).</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ulong key)
    {
        if (!_slab.TryFind(key, out int row))
        {
            return false;
        }

        _recency.Remove(row);
        return _slab.Remove(key);
    }

    /// <summary>Copies the row of a key as it was at one moment.</summary>
    /// <param name="key">The key.</param>
    /// <param name="copy">The copy.</param>
    /// <returns>Whether there is such a row.</returns>
    public bool TryRead(ulong key, out TRow copy) => _slab.TryRead(key, out copy);

    /// <summary>Row numbers from this one on were never in use: the end of a scan with <see cref="TryReadAt"/> (any thread).</summary>
    public int RowsInUse => _slab.RowsInUse;

    /// <summary>Copies the row of a number as it was at one moment, for scanning them all (any thread).</summary>
    /// <param name="row">A number below <see cref="RowsInUse"/>.</param>
    /// <param name="key">The row's key.</param>
    /// <param name="copy">The copy.</param>
    /// <returns>False if the row is not in use.</returns>
    public bool TryReadAt(int row, out ulong key, out TRow copy) => _slab.TryReadAt(row, out key, out copy);

    /// <summary>Gives the memory back; readers find nothing from then on.</summary>
    public void Dispose() => _slab.Dispose();

    private void ForgetOldest()
    {
        int oldest = _recency.Oldest;
        _recency.Remove(oldest);
        _slab.Remove(_slab.KeyOf(oldest));
        Interlocked.Increment(ref _evicted);
    }
}
