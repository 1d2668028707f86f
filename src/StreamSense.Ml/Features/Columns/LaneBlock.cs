using System.Runtime.CompilerServices;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>What the rows of one table say of a block of candidates: a line of lanes for each word.</summary>
/// <remarks>Of one thread at a time. A table that candidates share fills the first lane only.</remarks>
internal sealed class LaneBlock
{
    private readonly long[] _bucket;
    private readonly int _hot;

    /// <summary>Creates room for a table.</summary>
    public LaneBlock(TablePlan table)
    {
        Table = table;
        Words = new long[Math.Max(1, table.HotWords) * LaneLoop.Block];
        Sums = new long[table.Windows.Count * LaneLoop.Block];
        Factors = new double[table.Fadings.Count * LaneLoop.Block];
        Row = new long[table.Words];
        _bucket = new long[table.Windows.Count];
        _hot = table.HotWords;
    }

    /// <summary>The table.</summary>
    public TablePlan Table { get; }

    /// <summary>The words at the front of the rows.</summary>
    public long[] Words { get; }

    /// <summary>The sums of the windows, in millionths.</summary>
    public long[] Sums { get; }

    /// <summary>What fading sums are to be multiplied with.</summary>
    public double[] Factors { get; }

    /// <summary>The whole row, of a table that candidates share.</summary>
    public long[] Row { get; }

    /// <summary>Whether the query has what the table is keyed by.</summary>
    public bool IsKeyed { get; set; }

    /// <summary>The part of the key that is the same for all candidates.</summary>
    public ulong Key { get; set; }

    /// <summary>Makes ready for a query.</summary>
    public void Begin(in FeatureQuery query)
    {
        for (int i = 0; i < _bucket.Length; i++)
        {
            _bucket[i] = query.Time.UnixMicroseconds / Table.Windows[i].Ring.BucketMicroseconds;
        }
    }

    /// <summary>Takes a row as that of a lane.</summary>
    public void Take(ref long words, int lane)
    {
        ref long to = ref Words[lane];
        for (int word = 0; word < _hot; word++)
        {
            Unsafe.Add(ref to, word * LaneLoop.Block) =
                Unsafe.Add(ref words, word);
        }

        for (int i = 0; i < _bucket.Length; i++)
        {
            (RingCell ring, int count) = Table.Windows[i];
            ref long cell = ref Unsafe.Add(ref words, ring.Offset);
            Sums[(i * LaneLoop.Block) + lane] = ring.Sum(ref cell, _bucket[i], count);
        }
    }

    /// <summary>Computes what the fading sums of the lanes are to be multiplied with.</summary>
    public void Fade(in FeatureQuery query, LaneWidth width, int lanes)
    {
        for (int i = 0; i < Table.Fadings.Count; i++)
        {
            FadingSums sums = Table.Fadings[i];
            (long whole, double part) = sums.Fading.AgeOf(query.Time);
            var step = new FactorStep(ref Words[sums.Offset * LaneLoop.Block], whole, part);
            LaneLoop.Run(width, step, Factors.AsSpan(i * LaneLoop.Block, lanes));
        }
    }
}
