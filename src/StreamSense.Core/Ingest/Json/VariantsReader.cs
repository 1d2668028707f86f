using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads the experiment variants of an event: an object of texts, kept as one text whose members are in order.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class VariantsReader(SymbolTable table)
{
    private readonly SymbolCache _cache = new(table);
    private readonly JsonLine _members = new();
    private readonly JsonLine _sorted = new();
    private readonly Member[] _places = new Member[RecordLimits.Elements];
    private byte[] _lastRaw = [];
    private int _lastLength;
    private Symbol _lastSymbol;

    public Symbol Read(in JsonRecord record)
    {
        switch (record.TokenOf(JsonField.Variants))
        {
            case JsonTokenType.None:
                return Symbol.None;
            case JsonTokenType.StartObject:
                break;
            default:
                record.Fail(RejectReason.InvalidValue, JsonField.Variants, "expected an object of texts");
                return Symbol.None;
        }

        ReadOnlySpan<byte> raw = record.Raw(JsonField.Variants);
        if (raw.Length > RecordLimits.Variants)
        {
            record.Fail(RejectReason.TooLarge, JsonField.Variants, "the object is too large");
            return Symbol.None;
        }

        // Events of one sender follow each other: most have the variants of the last.
        if (_lastLength > 0 && raw.SequenceEqual(_lastRaw.AsSpan(0, _lastLength)))
        {
            return _lastSymbol;
        }

        if (!TrySort(record, raw))
        {
            return Symbol.None;
        }

        Symbol symbol = _cache.Intern(_sorted.Written);
        Remember(raw, symbol);
        return symbol;
    }

    private void Remember(ReadOnlySpan<byte> raw, Symbol symbol)
    {
        if (symbol == Symbol.Other)
        {
            return;
        }

        if (_lastRaw.Length < raw.Length)
        {
            _lastRaw = new byte[RecordLimits.Variants];
        }

        raw.CopyTo(_lastRaw);
        _lastLength = raw.Length;
        _lastSymbol = symbol;
    }

    private bool TrySort(in JsonRecord record, ReadOnlySpan<byte> raw)
    {
        _members.Clear();
        _sorted.Clear();
        int count = 0;
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (count == _places.Length)
            {
                record.Fail(RejectReason.TooLarge, JsonField.Variants, "the object has too many members");
                return false;
            }

            int start = _members.Written.Length;
            _members.Text(record.Unescape(JsonField.Variants, reader.ValueSpan, reader.ValueIsEscaped, RecordLimits.Dimension));
            int nameEnd = _members.Written.Length;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                record.Fail(RejectReason.InvalidValue, JsonField.Variants, "expected an object of texts");
                return false;
            }

            _members.Append((byte)':');
            _members.Text(record.Unescape(JsonField.Variants, reader.ValueSpan, reader.ValueIsEscaped, RecordLimits.Dimension));
            if (!TryInsert(new Member(start, nameEnd, _members.Written.Length), count))
            {
                record.Fail(RejectReason.DuplicateField, JsonField.Variants, "an experiment stands twice");
                return false;
            }

            count++;
        }

        if (count == 0 || record.Failed)
        {
            return false;
        }

        _sorted.Append((byte)'{');
        foreach (Member member in _places.AsSpan(0, count))
        {
            _sorted.Separate();
            _sorted.Raw(_members.Written[member.Start..member.End]);
        }

        _sorted.Append((byte)'}');
        return true;
    }

    private bool TryInsert(Member member, int count)
    {
        ReadOnlySpan<byte> text = _members.Written;
        ReadOnlySpan<byte> name = text[member.Start..member.NameEnd];
        int place = count;
        while (place > 0)
        {
            Member before = _places[place - 1];
            int order = text[before.Start..before.NameEnd].SequenceCompareTo(name);
            if (order == 0)
            {
                return false;
            }

            if (order < 0)
            {
                break;
            }

            _places[place] = before;
            place--;
        }

        _places[place] = member;
        return true;
    }

    private readonly record struct Member(int Start, int NameEnd, int End);
}
