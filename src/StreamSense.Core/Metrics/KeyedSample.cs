using System.Numerics;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Metrics;

/// <summary>Rows by key, exact while they fit; beyond, of a fair sample of the keys.</summary>
/// <remarks>
/// <para>Adaptive sampling (Wegman; Flajolet, "On adaptive sampling", Computing 43, 1990): when the table is full, the level rises by one
/// and the rows of all keys whose hash does not end in that many zero bits are given up, about half. A key is in or out whatever
/// the order in which keys come, so that equal input gives equal samples, and samples merge by taking the higher level. A count over the
/// rows times <see cref="Scale"/> estimates the count over all keys without bias; with <c>n</c> rows its relative standard error is
/// about <c>1.2 / √n</c>. A share needs no scale.</para>
/// <para>The shard's thread only. Allocates pages until the bound is reached, then nothing.</para>
/// </remarks>
/// <typeparam name="TRow">What is remembered of a key; cleared when it is added.</typeparam>
/// <param name="maxRows">How many keys it may hold.</param>
internal sealed class KeyedSample<TRow>(int maxRows)
    where TRow : unmanaged, IKeyedState<TRow>
{
    private const int HighestLevel = 48;

    private readonly Slab<TRow> _rows = new(maxRows);

    /// <summary>How often the table was halved.</summary>
    public int Level { get; private set; }

    /// <summary>How many keys each row stands for.</summary>
    public long Scale => 1L << Level;

    /// <summary>How many additions came for keys outside the sample.</summary>
    public long LeftOut { get; private set; }

    public ref TRow this[int row] => ref _rows[row];

    public static bool IsInSample(ulong key, int level) => BitOperations.TrailingZeroCount(StableHash.Of(key)) >= level;

    /// <summary>Finds or adds the row of a key.</summary>
    /// <param name="key">The key; any value.</param>
    /// <param name="row">The row's number, valid until the next call; meaningless if false is returned.</param>
    /// <param name="added">Whether the row is new.</param>
    /// <returns>False if the key does not belong to the sample.</returns>
    public bool TryGetOrAdd(ulong key, out int row, out bool added)
    {
        added = false;
        row = -1;
        while (IsInSample(key, Level))
        {
            if (_rows.TryGetOrAdd(key, out row, out added))
            {
                return true;
            }

            if (Level == HighestLevel)
            {
                break;
            }

            RaiseLevel();
        }

        LeftOut++;
        return false;
    }

    /// <summary>Finds the row of a key.</summary>
    public bool TryFind(ulong key, out int row) => _rows.TryFind(key, out row);

    /// <summary>A copy of all rows.</summary>
    public SampledRows<TRow> Copy()
    {
        var copy = new KeyedRow<TRow>[_rows.Count];
        int count = 0;
        for (int row = _rows.NextRow(-1); row >= 0; row = _rows.NextRow(row))
        {
            copy[count++] = new KeyedRow<TRow>(_rows.KeyOf(row), _rows[row]);
        }

        return new SampledRows<TRow>(Level, LeftOut, copy);
    }

    private void RaiseLevel()
    {
        Level++;
        for (int row = _rows.NextRow(-1); row >= 0; row = _rows.NextRow(row))
        {
            ulong key = _rows.KeyOf(row);
            if (!IsInSample(key, Level))
            {
                _rows.Remove(key);
            }
        }
    }
}
