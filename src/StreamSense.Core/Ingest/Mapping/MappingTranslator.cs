using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Translates the records of any source for which there is a mapping.</summary>
/// <remarks>
/// Delimited sources are cut into lines; a quoted cell may go on in the next ones where the mapping says <c>multiline</c>, and empty lines
/// in it are dropped. A body has its own header. The first of equal columns counts, and the last of equal JSON members. One thread at a
/// time; the mapping may be shared. Allocates nothing once warm, but for headers, refusals, and fields with a <c>match</c>.
/// </remarks>
public sealed class MappingTranslator : IRecordTranslator
{
    private readonly MappingProgram _program;
    private readonly RecordWriter _writer;
    private readonly TextArena _arena = new();
    private readonly HeldLines _held = new();
    private readonly SlotRows _rows;
    private readonly SourceSlot[] _values;
    private readonly SourceSlot[] _documentValues;
    private readonly SourceSlot[] _found = new SourceSlot[1];
    private readonly HeldLines _preamble = new();
    private int _skipped;

    /// <summary>Creates a translator.</summary>
    /// <param name="mapping">What to do.</param>
    public MappingTranslator(SourceMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        Format = mapping.Name;
        _program = mapping.Program;
        _writer = new RecordWriter(_program, Format);
        _rows = new SlotRows(_program.Slots);
        _values = new SourceSlot[_program.Slots.Names.Count];
        _documentValues = new SourceSlot[_program.Slots.Names.Count];
        Begin(new IngestOrigin());
    }

    /// <inheritdoc/>
    public string Format { get; }

    /// <inheritdoc/>
    public RecordFraming Framing => _program.Form is { IsJson: true, IsLines: false } ? RecordFraming.JsonValues : RecordFraming.Lines;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Preamble => _program.Form.Header ? _preamble.Text : default;

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _writer.Begin(origin);
        _rows.Begin();
        _held.Clear();
        _preamble.Clear();
        _skipped = 0;
    }

    /// <inheritdoc/>
    public void Translate(ReadOnlySpan<byte> piece, CanonicalRecords output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_program.Form.IsJson)
        {
            TranslateDocument(piece, output);
        }
        else
        {
            TranslateLine(piece, output);
        }
    }

    /// <inheritdoc/>
    public void Complete(CanonicalRecords output)
    {
        ArgumentNullException.ThrowIfNull(output);
        GiveUp(output);
    }

    private void TranslateLine(ReadOnlySpan<byte> line, CanonicalRecords output)
    {
        SourceForm form = _program.Form;
        if (_skipped < form.Skip)
        {
            _skipped++;
            KeepForReplay(line);
            return;
        }

        if (_held.Count > 0)
        {
            _held.Add(line);
            line = _held.Text;
        }
        else if (form.Comment.Length > 0 && line.StartsWith(form.Comment))
        {
            return;
        }

        RowOutcome outcome = TakeRow(line, output);
        if (outcome != RowOutcome.OpenQuote || !form.Multiline)
        {
            _held.Clear();
            return;
        }

        if (_held.Count == 0)
        {
            _held.Add(line);
        }

        if (_held.IsFull)
        {
            GiveUp(output);
        }
    }

    // A row is read by its header, and the header only after the lines to be skipped; more of them than fit are no preamble.
    private void KeepForReplay(ReadOnlySpan<byte> line)
    {
        if (_program.Form.Header && !_preamble.IsFull)
        {
            _preamble.Add(line);
        }
    }

    // The first line is refused, and those after it are read as if it had not been there.
    private void GiveUp(CanonicalRecords output)
    {
        for (int i = 0; i < _held.Count; i++)
        {
            if (TakeRow(_held[i], output) == RowOutcome.OpenQuote)
            {
                output.Reject(RejectReason.Malformed, "a quote is opened and not closed");
            }
        }

        _held.Clear();
    }

    private RowOutcome TakeRow(ReadOnlySpan<byte> line, CanonicalRecords output)
    {
        bool isHeader = !_rows.IsReady;
        RowOutcome outcome = isHeader ? _rows.TakeHeader(line) : _rows.Take(line);
        switch (outcome)
        {
            case RowOutcome.OpenQuote when !_program.Form.Multiline:
                output.Reject(RejectReason.Malformed, "a quote is opened and not closed");
                break;
            case RowOutcome.OpenQuote:
                break;
            case RowOutcome.AfterQuote:
                output.Reject(RejectReason.Malformed, "after a quoted cell something else than a delimiter stands");
                break;
            case RowOutcome.TooManyCells:
                output.Reject(RejectReason.TooLarge, $"the row has more than {SlotRows.MaxColumns} cells");
                break;
            case RowOutcome.Whole when isHeader:
                KeepForReplay(line);
                break;
            case RowOutcome.Whole when _rows.Columns > 0 && _rows.Cells != _rows.Columns && !_program.Form.Ragged:
                output.Reject(RejectReason.Malformed, $"the row has {_rows.Cells} cells, expected {_rows.Columns}");
                break;
            default:
                _writer.Write(new SourceRecord(line, _rows.Values, _program.Form, _arena), output);
                break;
        }

        return outcome;
    }

    private void TranslateDocument(ReadOnlySpan<byte> document, CanonicalRecords output)
    {
        try
        {
            _values.AsSpan().Clear();
            var reader = new Utf8JsonReader(document);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject && _program.Form.Records is null)
            {
                output.Reject(RejectReason.Malformed, "expected a JSON object");
                return;
            }

            if (_program.Form.Records is not null)
            {
                TranslateRecords(document, output);
                return;
            }

            _program.Slots.Paths.Walk(ref reader, 0, _values);

            // Reads past the end, which finds what stands after the object.
            reader.Read();
        }
        catch (JsonException)
        {
            output.Reject(RejectReason.Malformed, "this is no JSON");
            return;
        }

        _writer.Write(new SourceRecord(document, _values, _program.Form, _arena), output);
    }

    private void TranslateRecords(ReadOnlySpan<byte> document, CanonicalRecords output)
    {
        SourceSlot found = FindRecords(document);
        if (found.Token != JsonTokenType.StartArray)
        {
            output.Reject(RejectReason.Malformed, $"there is no array of records at '{_program.Form.RecordsPath}'");
            return;
        }

        int start = found.Start;
        var reader = new Utf8JsonReader(document.Slice(start, found.Length));
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _documentValues.CopyTo(_values.AsSpan());
            bool isObject = reader.TokenType == JsonTokenType.StartObject;
            _program.Slots.Paths.Walk(ref reader, start, _values);
            if (isObject)
            {
                _writer.Write(new SourceRecord(document, _values, _program.Form, _arena), output);
            }
            else
            {
                output.Reject(RejectReason.Malformed, "expected a JSON object as a record");
            }
        }
    }

    // Walks the whole document, so that its syntax has been checked before the first record is written.
    private SourceSlot FindRecords(ReadOnlySpan<byte> document)
    {
        _found.AsSpan().Clear();
        _documentValues.AsSpan().Clear();
        var reader = new Utf8JsonReader(document);
        reader.Read();
        _program.Form.Records!.Walk(ref reader, 0, _found);
        reader.Read();
        if (_program.Slots.DocumentPaths is not null)
        {
            reader = new Utf8JsonReader(document);
            reader.Read();
            _program.Slots.DocumentPaths.Walk(ref reader, 0, _documentValues);
        }

        return _found[0];
    }
}
