using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>What the rows of one table say of a block of candidates: a line of lanes for each word.</summary>
/// <remarks>Of one thread at a time. A table that candidates share fills the first lane only.</remarks>
internal sealed class LaneBlock
{
    private readonly LineArray<long> _words;
    private readonly LineArray<double> _factors;
    private readonly LineArray<long> _rows;
    private readonly long[] _sums;
    private readonly long[] _bucket;
    private readonly int _hot;
    private readonly int _lines;

    /// <summary>Creates room for a table.</summary>
    public LaneBlock(TablePlan table)
    {
        Table = table;
        _hot = table.HotWords;
        _lines = (StateTable.HeaderWords + Math.Max(1, _hot) + LaneTranspose.Square - 1) / LaneTranspose.Square;
        _words = new LineArray<long>(RowWords * LaneLoop.Block);
        _rows = new LineArray<long>(RowWords * LaneTranspose.Square);
        _factors = new LineArray<double>(table.Fadings.Count * LaneLoop.Block);
        _sums = new long[table.Windows.Count * LaneLoop.Block];
        Row = new long[table.Words];
        _bucket = new long[table.Windows.Count];
    }

    /// <summary>The table.</summary>
    public TablePlan Table { get; }

    /// <summary>The words at the front of the rows, behind their headers.</summary>
    public Span<long> Words => _words.Numbers[(StateTable.HeaderWords * LaneLoop.Block)..];

    /// <summary>The sums of the windows, in millionths.</summary>
    public Span<long> Sums => _sums;

    /// <summary>What fading sums are to be multiplied with.</summary>
    public Span<double> Factors => _factors.Numbers;

    /// <summary>The whole row, of a table that candidates share.</summary>
    public long[] Row { get; }

    /// <summary>Whether the query has what the table is keyed by.</summary>
    public bool IsKeyed { get; set; }

    /// <summary>The part of the key that is the same for all candidates.</summary>
    public ulong Key { get; set; }

    // Of a row, with its header: whole lines.
    private int RowWords => _lines * LaneTranspose.Square;

    /// <summary>Makes ready for a query.</summary>
    public void Begin(in FeatureQuery query)
    {
        for (int i = 0; i < _bucket.Length; i++)
        {
            _bucket[i] = query.Time.UnixMicroseconds / Table.Windows[i].Ring.BucketMicroseconds;
        }
    }

    /// <summary>Takes a row as that of a lane; it is among the words once <see cref="Turn"/> was called.</summary>
    /// <param name="words">Its words.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="hasLines">Whether it is one of the table's that take whole cache lines, its header in front of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(ref long words, int lane, bool hasLines)
    {
        ref long to = ref Unsafe.Add(ref MemoryMarshal.GetReference(_rows.Numbers), lane % LaneTranspose.Square * RowWords);
        if (hasLines)
        {
            ref long from = ref Unsafe.Subtract(ref words, StateTable.HeaderWords);
            for (int word = 0; word < RowWords; word += LaneTranspose.Square)
            {
                Unsafe.CopyBlockUnaligned(
                    ref Unsafe.As<long, byte>(ref Unsafe.Add(ref to, word)),
                    ref Unsafe.As<long, byte>(ref Unsafe.Add(ref from, word)),
                    LaneTranspose.Square * sizeof(long));
            }
        }
        else
        {
            to = ref Unsafe.Add(ref to, StateTable.HeaderWords);
            for (int word = 0; word < _hot; word++)
            {
                Unsafe.Add(ref to, word) = Unsafe.Add(ref words, word);
            }
        }

        for (int i = 0; i < _bucket.Length; i++)
        {
            (RingCell ring, int count) = Table.Windows[i];
            ref long cell = ref Unsafe.Add(ref words, ring.Offset);
            _sums[(i * LaneLoop.Block) + lane] = ring.Sum(ref cell, _bucket[i], count);
        }
    }

    /// <summary>Puts the rows taken last among the words: up to a lane, from the eighth before it on.</summary>
    public void Turn(LaneWidth width, int lane)
    {
        int first = lane & -LaneTranspose.Square;
        LaneTranspose.Turn(
            width,
            ref MemoryMarshal.GetReference(_rows.Numbers),
            RowWords,
            ref Unsafe.Add(ref MemoryMarshal.GetReference(_words.Numbers), first));
    }

    /// <summary>Computes what the fading sums of the lanes are to be multiplied with.</summary>
    public void Fade(in FeatureQuery query, LaneWidth width, int lanes)
    {
        for (int i = 0; i < Table.Fadings.Count; i++)
        {
            FadingSums sums = Table.Fadings[i];
            (long whole, double part) = sums.Fading.AgeOf(query.Time);
            var step = new FactorStep(ref Words[sums.Offset * LaneLoop.Block], whole, part);
            LaneLoop.Run(width, step, Factors.Slice(i * LaneLoop.Block, lanes));
        }
    }
}
