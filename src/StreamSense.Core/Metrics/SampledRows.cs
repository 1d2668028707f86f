using System.Runtime.InteropServices;

namespace StreamSense.Core.Metrics;

/// <summary>A copy of a <see cref="KeyedSample{TRow}"/>, or several joined.</summary>
/// <remarks>Immutable. Joining is associative and commutative, with <see cref="Empty"/> as its identity.</remarks>
/// <typeparam name="TRow">What is remembered of a key.</typeparam>
internal sealed class SampledRows<TRow>
    where TRow : unmanaged, IKeyedState<TRow>
{
    private readonly KeyedRow<TRow>[] _rows;

    public SampledRows(int level, long leftOut, KeyedRow<TRow>[] rows)
    {
        Level = level;
        LeftOut = leftOut;
        _rows = rows;
    }

    /// <summary>Of nothing.</summary>
    public static SampledRows<TRow> Empty { get; } = new(0, 0, []);

    /// <summary>How often the keys were halved.</summary>
    public int Level { get; }

    /// <summary>How many keys each row stands for.</summary>
    public long Scale => 1L << Level;

    /// <summary>How many additions came for keys outside the sample.</summary>
    public long LeftOut { get; }

    public ReadOnlySpan<KeyedRow<TRow>> Rows => _rows;

    /// <summary>What both know; rows of one key are joined, and keys outside the smaller sample left out.</summary>
    public SampledRows<TRow> Join(SampledRows<TRow> other)
    {
        if (_rows.Length == 0 && Level == 0)
        {
            return other;
        }

        if (other._rows.Length == 0 && other.Level == 0)
        {
            return this;
        }

        int level = Math.Max(Level, other.Level);
        var joined = new Dictionary<ulong, TRow>(_rows.Length + other._rows.Length, SeededKeyComparer.Instance);
        AddTo(joined, level);
        other.AddTo(joined, level);
        var rows = new KeyedRow<TRow>[joined.Count];
        int count = 0;
        foreach (KeyValuePair<ulong, TRow> row in joined)
        {
            rows[count++] = new KeyedRow<TRow>(row.Key, row.Value);
        }

        return new SampledRows<TRow>(level, LeftOut + other.LeftOut, rows);
    }

    private void AddTo(Dictionary<ulong, TRow> joined, int level)
    {
        foreach (ref readonly KeyedRow<TRow> row in Rows)
        {
            if (!KeyedSample<TRow>.IsInSample(row.Key, level))
            {
                continue;
            }

            ref TRow into = ref CollectionsMarshal.GetValueRefOrAddDefault(joined, row.Key, out bool known);
            if (known)
            {
                into.Join(row.Row);
            }
            else
            {
                into = row.Row;
            }
        }
    }
}
