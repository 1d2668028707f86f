using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Reads the plain rows of a batch, each once, when the first event names it.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class PlainRows(
    Vocabulary vocabulary, Pseudonymizer pseudonymizer, NdjsonOptions options, BatchTexts texts, BatchRows rows, RecordText lines)
{
    private readonly SymbolCache _sources = new(vocabulary.Sources);
    private readonly SymbolCache _countries = new(vocabulary.Countries);
    private readonly SymbolCache _asns = new(vocabulary.Asns);
    private readonly SymbolCache _isps = new(vocabulary.Isps);
    private readonly SymbolCache _deviceKinds = new(vocabulary.DeviceKinds);
    private readonly SymbolCache _apps = new(vocabulary.Apps);
    private readonly SymbolCache _cdns = new(vocabulary.Cdns);
    private readonly ContextCache _contexts = new(vocabulary.Contexts);
    private readonly VariantsReader _variants = new(vocabulary.Variants);
    private readonly RecordScratch _scratch = new();
    private readonly byte[] _variantsBytes = new byte[RecordLimits.Variants];
    private int _variantsLength;
    private Symbol _variantsSymbol;
    private PlainRow[] _rows = new PlainRow[16];
    private EventContext[] _rowContexts = new EventContext[16];

    /// <summary>Forgets the rows of the last batch.</summary>
    public void Begin()
    {
        if (_rows.Length < rows.Count)
        {
            _rows = new PlainRow[Math.Min(BatchFormat.MaxRows, Math.Max(rows.Count, _rows.Length * 2))];
            _rowContexts = new EventContext[_rows.Length];
        }

        for (int i = 0; i < rows.Count; i++)
        {
            _rows[i].State = PlainRow.RowState.Unread;
        }
    }

    /// <summary>The row of a place that is below the number of rows.</summary>
    public ref readonly PlainRow Get(ReadOnlySpan<byte> body, int place)
    {
        ref PlainRow row = ref _rows[place];
        if (row.State == PlainRow.RowState.Unread)
        {
            Read(body, place, ref row);
        }

        return ref row;
    }

    private void Read(ReadOnlySpan<byte> body, int place, ref PlainRow row)
    {
        row = default;
        bool isPlain = TryRead(body, place, ref row);
        row.State = isPlain ? PlainRow.RowState.Plain : PlainRow.RowState.General;
    }

    private bool TryRead(ReadOnlySpan<byte> body, int place, ref PlainRow row)
    {
        var cursor = new ValueCursor(body, rows.StartOf(place));
        if (!cursor.TryCount(MessagePackCodes.FixMap, MessagePackCodes.Map16, out int count))
        {
            return false;
        }

        var context = new EventContext { Consent = options.Consent.Assumed, Version = NdjsonDecoder.SchemaVersion };
        for (int i = 0; i < count; i++)
        {
            if (!cursor.TrySmall(out byte key)
                || key is 0 or >= MemberTable.Count
                || row.Present.Contains(MemberTable.FieldOf((EventMember)key))
                || !TryReadMember(body, ref cursor, (EventMember)key, ref row, ref context))
            {
                return false;
            }

            row.PresentLow |= FieldSet.Of(MemberTable.FieldOf((EventMember)key)).Low;
        }

        row.SourceHash = row.Present.Contains(JsonField.Source) ? row.SourceHash : pseudonymizer.Source(default);
        row.Consent = context.Consent;
        row.Context = _contexts.Intern(context);
        _rowContexts[place] = context;
        return true;
    }

    /// <summary>The context of a row that has been read, for other purposes than its own.</summary>
    public ContextId ContextFor(int place, ConsentPurposes consent) => _contexts.Intern(_rowContexts[place] with { Consent = consent });

    private bool TryReadMember(
        ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, EventMember member, ref PlainRow row, ref EventContext context)
    {
        switch (member)
        {
            case EventMember.Consent:
                bool isSet = cursor.TrySmall(out byte bits) && bits <= (byte)ConsentPurposes.All;
                context = context with { Consent = (ConsentPurposes)bits };
                return isSet;
            case EventMember.V:
                return cursor.TrySmall(out byte version) && version == NdjsonDecoder.SchemaVersion;
            case EventMember.Variants:
                bool isRead = TryReadVariants(body, ref cursor, out Symbol variants);
                context = context with { Variants = variants };
                return isRead;
            case EventMember.Viewer or EventMember.Household or EventMember.Device or EventMember.View or EventMember.Visit:
                return TryReadId(body, ref cursor, member, ref row);
            default:
                return TryReadDimension(body, ref cursor, member, ref row, ref context);
        }
    }

    private bool TryReadId(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, EventMember member, ref PlainRow row)
    {
        ReadOnlySpan<byte> text = default;
        ulong bits = 0;
        bool isPseudonym = options.TrustPseudonyms && cursor.TryPseudonym(out bits);
        if (!isPseudonym
            && (!texts.TryRead(body, ref cursor, RecordLimits.Id, out text, out _)
                || (options.TrustPseudonyms && text[0] == (byte)'~')))
        {
            return false;
        }

        switch (member)
        {
            case EventMember.Viewer:
                row.Viewer = isPseudonym ? new ViewerId(bits) : pseudonymizer.Viewer(text);
                break;
            case EventMember.Household:
                row.Household = isPseudonym ? new HouseholdId(bits) : pseudonymizer.Household(text);
                break;
            case EventMember.Device:
                row.Device = isPseudonym ? new DeviceId(bits) : pseudonymizer.Device(text);
                break;
            case EventMember.View:
                row.View = isPseudonym ? new ViewId(bits) : pseudonymizer.View(text);
                break;
            default:
                row.Visit = isPseudonym ? new VisitId(bits) : pseudonymizer.Visit(text);
                break;
        }

        return true;
    }

    private bool TryReadDimension(
        ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, EventMember member, ref PlainRow row, ref EventContext context)
    {
        if (!texts.TryRead(body, ref cursor, RecordLimits.Dimension, out ReadOnlySpan<byte> text, out _))
        {
            return false;
        }

        switch (member)
        {
            case EventMember.Source:
                row.SourceHash = pseudonymizer.Source(text);
                context = context with { Source = _sources.Intern(text) };
                return true;
            case EventMember.Country:
                context = context with { Country = _countries.Intern(text) };
                return true;
            case EventMember.Cdn:
                row.Cdn = _cdns.Intern(text);
                return true;
            case EventMember.Asn:
                context = context with { Asn = _asns.Intern(text) };
                return true;
            case EventMember.Isp:
                context = context with { Isp = _isps.Intern(text) };
                return true;
            case EventMember.DeviceKind:
                context = context with { DeviceKind = _deviceKinds.Intern(text) };
                return true;
            case EventMember.App:
                context = context with { App = _apps.Intern(text) };
                return true;
            default:
                return false;
        }
    }

    // The reader of variants reads JSON; most rows of a sender have the variants of the last.
    private bool TryReadVariants(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, out Symbol symbol)
    {
        symbol = _variantsSymbol;
        int start = cursor.At;
        if (!cursor.TrySkip())
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = body[start..cursor.At];
        if (_variantsLength > 0 && bytes.SequenceEqual(_variantsBytes.AsSpan(0, _variantsLength)))
        {
            return true;
        }

        if (bytes.Length > _variantsBytes.Length || !lines.TryWriteVariants(bytes))
        {
            return false;
        }

        ReadOnlySpan<byte> line = lines.Written;
        _scratch.Begin(line.Length);
        try
        {
            JsonRecord record = JsonRecord.Scan(line, _scratch);
            symbol = record.Failed ? Symbol.None : _variants.Read(record);
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }

        if (_scratch.Reason != RejectReason.None || symbol == Symbol.None || symbol == Symbol.Other)
        {
            return false;
        }

        bytes.CopyTo(_variantsBytes);
        _variantsLength = bytes.Length;
        _variantsSymbol = symbol;
        return true;
    }
}
