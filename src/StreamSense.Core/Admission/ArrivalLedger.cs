using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>Counts what became of records, by source and app version; bounded, with one row for all beyond the bound.</summary>
/// <remarks>Written by one thread, which also makes the copies. Allocates for a new context, source or app only.</remarks>
internal sealed class ArrivalLedger(Vocabulary vocabulary, int maxRows)
{
    private const ushort NoRow = 0;

    private readonly Symbol _bot = vocabulary.DeviceKinds.Intern("bot"u8);
    private readonly Dictionary<SourceKey, ushort> _rowOf = [];
    private readonly List<(SourceKey Key, SourceArrivals Arrivals)> _rows = [(SourceKey.Other, new SourceArrivals())];
    private ushort[] _rowOfContext = [];

    /// <summary>The row of an event.</summary>
    public SourceArrivals this[ContextId context]
    {
        get
        {
            uint index = context.Value;
            if (index >= _rowOfContext.Length || _rowOfContext[index] == NoRow)
            {
                Learn(index);
            }

            return _rows[_rowOfContext[index] - 1].Arrivals;
        }
    }

    /// <summary>Notes an accepted event.</summary>
    public void Accept(in StreamEvent e, int record, long behindMicroseconds) =>
        this[e.Context].Accept(e, record, behindMicroseconds, vocabulary.Contexts[e.Context].DeviceKind == _bot);

    /// <summary>Notes the number of an event in its sequence.</summary>
    public void Number(in StreamEvent e, ref SequenceTable.Row sequence)
    {
        long before = sequence.Missing;
        sequence.Lowest = sequence.Seen == 0 ? e.Sequence : Math.Min(sequence.Lowest, e.Sequence);
        sequence.Highest = sequence.Seen == 0 ? e.Sequence : Math.Max(sequence.Highest, e.Sequence);
        sequence.Seen++;
        long change = sequence.Missing - before;
        if (change != 0)
        {
            this[e.Context].Missing += change;
        }
    }

    /// <summary>Adds the duplicates that another ledger of the same vocabulary has counted.</summary>
    public void AddDuplicates(ArrivalLedger other)
    {
        for (uint index = 0; index < other._rowOfContext.Length; index++)
        {
            if (other._rowOfContext[index] != NoRow)
            {
                // Makes the row, in the order of contexts: the sums follow by rows, not by contexts.
                _ = this[new ContextId(index)];
            }
        }

        foreach ((SourceKey key, SourceArrivals arrivals) in other._rows)
        {
            _rows[_rowOf.GetValueOrDefault(key, (ushort)1) - 1].Arrivals.Duplicates += arrivals.Duplicates;
        }
    }

    /// <summary>A copy of the rows in which something happened.</summary>
    public Dictionary<SourceKey, SourceArrivals> Copy()
    {
        var copy = new Dictionary<SourceKey, SourceArrivals>(_rows.Count);
        for (int i = 0; i < _rows.Count; i++)
        {
            (SourceKey key, SourceArrivals arrivals) = _rows[i];
            if (i > 0 || arrivals.Accepted + arrivals.Duplicates + arrivals.Late > 0)
            {
                var sum = new SourceArrivals();
                sum.Merge(arrivals);
                copy.Add(key, sum);
            }
        }

        return copy;
    }

    /// <summary>Whether there was no row for a source and app; its records count in the row of all others.</summary>
    public bool IsFull => _rows.Count > maxRows;

    private void Learn(uint index)
    {
        if (index >= _rowOfContext.Length)
        {
            Array.Resize(ref _rowOfContext, (int)System.Numerics.BitOperations.RoundUpToPowerOf2(Math.Max(64, index + 1)));
        }

        EventContext context = vocabulary.Contexts[new ContextId(index)];
        var key = new SourceKey(context.Source, context.App);
        if (key == SourceKey.Other || (IsFull && !_rowOf.ContainsKey(key)))
        {
            _rowOfContext[index] = 1;
            return;
        }

        if (!_rowOf.TryGetValue(key, out ushort row))
        {
            _rows.Add((key, new SourceArrivals()));
            row = (ushort)_rows.Count;
            _rowOf.Add(key, row);
        }

        _rowOfContext[index] = row;
    }
}
