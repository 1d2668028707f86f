using System.Text;
using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Cuts rows into cells, and notes those that the mapping asks for.</summary>
/// <remarks>Quoting is that of RFC 4180. One thread at a time; allocates nothing but for a header.</remarks>
internal sealed class SlotRows
{
    /// <summary>How many cells a row may have.</summary>
    public const int MaxColumns = 4096;

    private readonly SourceForm _form;
    private readonly SourceSlots _slots;
    private readonly SourceSlot[] _values;
    private readonly List<string> _header = [];
    private readonly List<(int From, int To)> _aliases = [];
    private int[] _slotOfColumn = [];

    public SlotRows(SourceSlots slots)
    {
        _slots = slots;
        _form = slots.Form;
        _values = new SourceSlot[slots.Names.Count];
        Begin();
    }

    /// <summary>How many columns there are; 0 if nobody says.</summary>
    public int Columns { get; private set; }

    /// <summary>How many cells the last row had.</summary>
    public int Cells { get; private set; }

    /// <summary>Whether the columns are known, as far as they have to be.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The values of the last row.</summary>
    public ReadOnlySpan<SourceSlot> Values => _values;

    /// <summary>Forgets the header of the body before.</summary>
    public void Begin()
    {
        IsReady = !_form.Header;
        if (IsReady)
        {
            Resolve(_form.Columns);
        }
    }

    /// <summary>Takes the names of the columns from a row.</summary>
    public RowOutcome TakeHeader(ReadOnlySpan<byte> row)
    {
        _header.Clear();
        RowOutcome outcome = Cut(row, isHeader: true);
        if (outcome == RowOutcome.Whole)
        {
            Resolve([.. _header]);
            IsReady = true;
        }

        return outcome;
    }

    /// <summary>Cuts a row.</summary>
    public RowOutcome Take(ReadOnlySpan<byte> row)
    {
        _values.AsSpan().Clear();
        RowOutcome outcome = Cut(row, isHeader: false);
        foreach ((int from, int to) in _aliases)
        {
            _values[to] = _values[from];
        }

        return outcome;
    }

    private RowOutcome Cut(ReadOnlySpan<byte> row, bool isHeader)
    {
        Cells = 0;
        int at = _form.Collapse ? SkipDelimiters(row, 0) : 0;
        bool isMore = !_form.Collapse || at < row.Length;
        while (isMore)
        {
            if (Cells == MaxColumns)
            {
                return RowOutcome.TooManyCells;
            }

            int start = _form.Trim ? SkipBlanks(row, at) : at;
            bool isQuoted = _form.Quote != 0 && start < row.Length && row[start] == _form.Quote;
            RowOutcome outcome = isQuoted ? Quoted(row, start + 1, isHeader, out at) : Plain(row, start, isHeader, out at);
            if (outcome != RowOutcome.Whole)
            {
                return outcome;
            }

            isMore = at < row.Length;
            at += isMore ? _form.Delimiter.Length : 0;
            if (isMore && _form.Collapse)
            {
                at = SkipDelimiters(row, at);
                isMore = at < row.Length;
            }
        }

        return RowOutcome.Whole;
    }

    private RowOutcome Plain(ReadOnlySpan<byte> row, int start, bool isHeader, out int end)
    {
        int length = _form.Delimiter.Length == 1 ? row[start..].IndexOf(_form.Delimiter[0]) : row[start..].IndexOf(_form.Delimiter);
        end = length < 0 ? row.Length : start + length;
        int last = end;
        while (_form.Trim && last > start && row[last - 1] is (byte)' ' or (byte)'\t')
        {
            last--;
        }

        Note(row, start, last, isEscaped: false, isHeader);
        return RowOutcome.Whole;
    }

    private RowOutcome Quoted(ReadOnlySpan<byte> row, int start, bool isHeader, out int end)
    {
        bool isEscaped = false;
        int at = start;
        while (true)
        {
            int quote = row[at..].IndexOf(_form.Quote);
            if (quote < 0)
            {
                end = row.Length;
                return RowOutcome.OpenQuote;
            }

            at += quote;
            if (at + 1 >= row.Length || row[at + 1] != _form.Quote)
            {
                break;
            }

            isEscaped = true;
            at += 2;
        }

        Note(row, start, at, isEscaped, isHeader);
        end = _form.Trim ? SkipBlanks(row, at + 1) : at + 1;
        return end == row.Length || row[end..].StartsWith(_form.Delimiter) ? RowOutcome.Whole : RowOutcome.AfterQuote;
    }

    private int SkipDelimiters(ReadOnlySpan<byte> row, int at)
    {
        while (row[at..].StartsWith(_form.Delimiter))
        {
            at += _form.Delimiter.Length;
        }

        return at;
    }

    // Blanks that are the delimiter are no blanks.
    private int SkipBlanks(ReadOnlySpan<byte> row, int at)
    {
        while (at < row.Length && row[at] is (byte)' ' or (byte)'\t' && row[at] != _form.Delimiter[0])
        {
            at++;
        }

        return at;
    }

    private void Note(ReadOnlySpan<byte> row, int start, int end, bool isEscaped, bool isHeader)
    {
        if (isHeader)
        {
            _header.Add(Encoding.UTF8.GetString(row[start..end]));
        }
        else if (Cells < _slotOfColumn.Length && _slotOfColumn[Cells] is >= 0 and int slot)
        {
            _values[slot] = new SourceSlot
            {
                Token = JsonTokenType.String,
                IsEscaped = isEscaped,
                Start = start,
                Length = end - start,
            };
        }

        Cells++;
    }

    private void Resolve(string[] columns)
    {
        Columns = columns.Length;
        var ordinals = new int[_slots.Names.Count];
        int most = 0;
        for (int slot = 0; slot < ordinals.Length; slot++)
        {
            string name = _slots.Names[slot];
            int ordinal = Array.IndexOf(columns, name);
            ordinals[slot] = ordinal >= 0 ? ordinal : SourceSlots.OrdinalOf(name);
            most = Math.Max(most, ordinals[slot] + 1);
        }

        _slotOfColumn = new int[most];
        _slotOfColumn.AsSpan().Fill(-1);
        _aliases.Clear();
        for (int slot = 0; slot < ordinals.Length; slot++)
        {
            // A column may be asked for by its name and by its number.
            if (ordinals[slot] >= 0 && _slotOfColumn[ordinals[slot]] is >= 0 and int first)
            {
                _aliases.Add((first, slot));
            }
            else if (ordinals[slot] >= 0)
            {
                _slotOfColumn[ordinals[slot]] = slot;
            }
        }
    }
}
