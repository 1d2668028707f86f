using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>What the rows of one table say of a block of candidates: a line of lanes for each word.</summary>
/// <remarks>Of one thread at a time. A table that candidates share fills the first lane only.</remarks>
internal sealed class LaneBlock
{
    private readonly LineArray<long> _words;
    private readonly LineArray<double> _factors;
    private readonly LineArray<long> _sums;
    private readonly RingWindow[] _windows;
    private readonly FadingAge[] _ages;

    /// <summary>Creates room for a table.</summary>
    public LaneBlock(TablePlan table)
    {
        Table = table;
        int hot = StateTable.HeaderWords + Math.Max(1, table.HotWords);
        RowWords = (hot + LaneTranspose.Square - 1) / LaneTranspose.Square * LaneTranspose.Square;
        _words = new LineArray<long>(RowWords * LaneLoop.Block);
        _factors = new LineArray<double>(table.Fadings.Count * LaneLoop.Block);
        _sums = new LineArray<long>(table.Windows.Count * LaneLoop.Block);
        _windows = new RingWindow[table.Windows.Count];
        _ages = new FadingAge[table.Fadings.Count];
        Row = new long[table.Words];
    }

    /// <summary>The table.</summary>
    public TablePlan Table { get; }

    /// <summary>How many words are taken of a row, its header included: whole lines.</summary>
    public int RowWords { get; }

    /// <summary>The words at the front of the rows, behind their headers.</summary>
    public Span<long> Words => _words.Numbers[(StateTable.HeaderWords * LaneLoop.Block)..];

    /// <summary>The sums of the windows, in millionths.</summary>
    public Span<long> Sums => _sums.Numbers;

    /// <summary>What fading sums are to be multiplied with.</summary>
    public Span<double> Factors => _factors.Numbers;

    /// <summary>The whole row, of a table that candidates share.</summary>
    public long[] Row { get; }

    /// <summary>Whether the query has what the table is keyed by.</summary>
    public bool IsKeyed { get; set; }

    /// <summary>The part of the key that is the same for all candidates.</summary>
    public ulong Key { get; set; }

    /// <summary>Makes ready for a query.</summary>
    public void Begin(EventTime time)
    {
        for (int i = 0; i < _windows.Length; i++)
        {
            (RingCell ring, int count) = Table.Windows[i];
            _windows[i] = new RingWindow(ring, count, time.UnixMicroseconds);
        }

        for (int i = 0; i < _ages.Length; i++)
        {
            _ages[i] = Table.Fadings[i].Fading.AgeOf(time);
        }
    }

    /// <summary>Takes the row that all candidates share, which lies in <see cref="Row"/>.</summary>
    public void TakeShared(LaneWidth width)
    {
        Span<long> words = Words;
        for (int word = 0; word < Table.HotWords; word++)
        {
            words[word * LaneLoop.Block] = Row[word];
        }

        TakeWindows(ref Row[0], lane: 0);
        Fade(width, LaneLoop.Least);
    }

    /// <summary>Takes the rows of the lanes from one on, as many as are turned at once.</summary>
    /// <param name="width">The width.</param>
    /// <param name="rows">Where they begin.</param>
    /// <param name="lane">The first lane.</param>
    public unsafe void Take(LaneWidth width, ReadOnlySpan<nint> rows, int lane)
    {
        LaneTranspose.Turn(width, rows, RowWords, ref Unsafe.Add(ref _words.First, lane));
        for (int i = 0; i < rows.Length && _windows.Length > 0; i++)
        {
            TakeWindows(ref Unsafe.AsRef<long>((long*)rows[i] + StateTable.HeaderWords), lane + i);
        }
    }

    /// <summary>Computes what the fading sums of the lanes are to be multiplied with.</summary>
    public void Fade(LaneWidth width, int lanes)
    {
        for (int i = 0; i < _ages.Length; i++)
        {
            var step = new FactorStep(ref Words[Table.Fadings[i].Offset * LaneLoop.Block], _ages[i]);
            LaneLoop.Run(step, new LaneTarget(width, Factors.Slice(i * LaneLoop.Block, lanes)));
        }
    }

    private void TakeWindows(ref long words, int lane)
    {
        ref long sums = ref Unsafe.Add(ref MemoryMarshal.GetReference(_sums.Numbers), lane);
        for (int i = 0; i < _windows.Length; i++)
        {
            Unsafe.Add(ref sums, i * LaneLoop.Block) = _windows[i].Sum(ref words);
        }
    }
}
