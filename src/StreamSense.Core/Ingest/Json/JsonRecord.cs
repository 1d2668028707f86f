using System.Text.Json;
using System.Text.Unicode;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Ingest.Json;

/// <summary>One record: where its members stand, and typed reads of them.</summary>
/// <remarks>
/// A read of a member that is absent gives the "absent" value of its type. A read of an ill-typed one does too and notes the defect in the
/// scratch, so that a decoder may read on and look once at the end.
/// </remarks>
internal readonly ref struct JsonRecord
{
    private const ulong MaxPlain = 1_000_000_000_000_000;

    private readonly RecordScratch _scratch;

    private JsonRecord(ReadOnlySpan<byte> line, RecordScratch scratch)
    {
        Line = line;
        _scratch = scratch;
    }

    /// <summary>The record's text.</summary>
    public ReadOnlySpan<byte> Line { get; }

    /// <summary>The members that are there with a value: neither null nor an empty text.</summary>
    public FieldSet Present => _scratch.Present;

    /// <summary>The members that are there, whatever their values.</summary>
    public FieldSet Seen => _scratch.Seen;

    /// <summary>Whether the record is surely nothing but <see cref="Seen"/>.</summary>
    public bool IsKnownThroughout => !_scratch.HasUnknown;

    public bool Failed => _scratch.Reason != RejectReason.None;

    /// <summary>Finds the members of a record.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonRecord Scan(ReadOnlySpan<byte> line, RecordScratch scratch)
    {
        if (!JsonScanner.TryScan(line, scratch, out bool isAscii))
        {
            return Read(line, scratch);
        }

        var record = new JsonRecord(line, scratch);
        if (!isAscii && !Utf8.IsValid(line))
        {
            record.FailUtf8();
        }

        return record;
    }

    private static JsonRecord Read(ReadOnlySpan<byte> line, RecordScratch scratch)
    {
        scratch.Restart();
        scratch.HasUnknown = true;
        var record = new JsonRecord(line, scratch);
        if (!Utf8.IsValid(line))
        {
            record.FailUtf8();
            return record;
        }

        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            scratch.Fail(RejectReason.Malformed, JsonField.Count, "expected one JSON object");
            return record;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            JsonField field = record.FieldOf(ref reader);
            reader.Read();
            record.Note(field, ref reader);
        }

        // Reads past the end, which finds what stands after the object.
        reader.Read();
        return record;
    }

    public bool Has(JsonField field) => Present.Contains(field);

    public JsonTokenType TokenOf(JsonField field) => Has(field) ? _scratch.At(field).Token : JsonTokenType.None;

    /// <summary>The member as it is spelled (a text without its quotes).</summary>
    public ReadOnlySpan<byte> Raw(JsonField field)
    {
        ref RecordScratch.Slot slot = ref _scratch.At(field);
        return Line.Slice(slot.Start, slot.Length);
    }

    public void Fail(RejectReason reason, JsonField field, string rule)
    {
        ReadOnlySpan<byte> found = default;
        if (Has(field))
        {
            // With its quotes, so that "1" and 1 look different.
            ref RecordScratch.Slot slot = ref _scratch.At(field);
            found = slot.Token == JsonTokenType.String ? Line.Slice(slot.Start - 1, slot.Length + 2) : Raw(field);
        }

        _scratch.Fail(reason, field, rule, found);
    }

    /// <summary>A text, without escapes; empty if absent.</summary>
    public ReadOnlySpan<byte> Text(JsonField field, int maxBytes)
    {
        if (!Has(field))
        {
            return default;
        }

        ref RecordScratch.Slot slot = ref _scratch.At(field);
        if (slot.Token != JsonTokenType.String)
        {
            Fail(RejectReason.InvalidValue, field, "expected a text");
            return default;
        }

        return Unescape(field, Raw(field), slot.IsEscaped, maxBytes);
    }

    /// <summary>Takes the escapes out of a text that stands in or under a member.</summary>
    public ReadOnlySpan<byte> Unescape(JsonField field, ReadOnlySpan<byte> raw, bool isEscaped, int maxBytes)
    {
        ReadOnlySpan<byte> text = raw;
        if (isEscaped && (!_scratch.TryUnescape(raw, out text) || text.Contains((byte)0)))
        {
            Fail(RejectReason.InvalidValue, field, "expected a text without U+0000 and halves of surrogate pairs");
            return default;
        }

        if (text.Length > maxBytes)
        {
            Fail(RejectReason.TooLarge, field, "the text is too long");
            return default;
        }

        return text;
    }

    /// <summary>A duration or position in milliseconds, as microseconds; digits beyond them are cut.</summary>
    public long Microseconds(JsonField field, bool signed = false)
    {
        if (TryPlain(field, out long plain))
        {
            return plain * 1000;
        }

        if (!TryNumber(field, out DecimalNumber number))
        {
            return Absent.Time;
        }

        if ((number.IsNegative && !signed) || !number.TryScale(3, out long value, out _))
        {
            Fail(RejectReason.InvalidValue, field, signed ? "expected milliseconds" : "expected milliseconds from 0");
            return Absent.Time;
        }

        return value;
    }

    /// <summary>A whole number.</summary>
    public int Whole(JsonField field, int least = 0, int most = int.MaxValue) =>
        TryWhole(field, least, most, out long value) ? (int)value : Absent.Number;

    /// <summary>A whole number, where it is given.</summary>
    public bool TryWhole(JsonField field, long least, long most, out long value)
    {
        if (TryPlain(field, out value) && value >= least && value <= most)
        {
            return true;
        }

        value = 0;
        if (!TryNumber(field, out DecimalNumber number))
        {
            return false;
        }

        if (!number.TryScale(0, out value, out int remainder) || remainder != 0 || value < least || value > most)
        {
            Fail(RejectReason.InvalidValue, field, "expected a whole number in its range");
            return false;
        }

        return true;
    }

    /// <summary>A number, times a power of ten, rounded to a whole one.</summary>
    public int Rounded(JsonField field, bool signed = false, int power = 0) =>
        power == 0 && TryPlain(field, out long plain) && plain <= int.MaxValue ? (int)plain
            : TryRounded(field, signed, power, int.MaxValue, out long value) ? (int)value
            : Absent.Number;

    /// <summary>A number, times a power of ten, rounded to a whole one of 64 bits.</summary>
    public long RoundedLong(JsonField field, bool signed = false, int power = 0) =>
        TryRounded(field, signed, power, long.MaxValue, out long value) ? value : Absent.Time;

    /// <summary>A number within bounds; NaN if absent.</summary>
    public double Number(JsonField field, double least, double most)
    {
        if (!TryNumber(field, out _))
        {
            return double.NaN;
        }

        if (!System.Buffers.Text.Utf8Parser.TryParse(Raw(field), out double value, out _) || !(value >= least && value <= most))
        {
            Fail(RejectReason.InvalidValue, field, "expected a number in its range");
            return double.NaN;
        }

        // One zero, so that equal events have equal bits.
        return value == 0 ? 0 : value;
    }

    public bool Truth(JsonField field)
    {
        switch (TokenOf(field))
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.None or JsonTokenType.False:
                return false;
            default:
                Fail(RejectReason.InvalidValue, field, "expected true or false");
                return false;
        }
    }

    /// <summary>One of an enumeration's texts, as the member's value; 0 if absent.</summary>
    public byte Choice(JsonField field, ChoiceTexts texts)
    {
        if (!Has(field))
        {
            return 0;
        }

        int value = TokenOf(field) == JsonTokenType.String ? texts.Find(Text(field, RecordLimits.Dimension)) : -1;
        if (value < 0)
        {
            Fail(RejectReason.InvalidValue, field, texts.Rule);
        }

        return (byte)Math.Max(0, value);
    }

    /// <summary>An instant in microseconds since 1970.</summary>
    public long Instant(JsonField field, bool dateAlone = true)
    {
        switch (TokenOf(field))
        {
            case JsonTokenType.None:
                return Absent.Time;
            case JsonTokenType.Number when TryPlain(field, out long plain):
                return plain * 1000;
            case JsonTokenType.Number:
                if (NumberAt(field).TryScale(3, out long number, out _))
                {
                    return number;
                }

                Fail(RejectReason.TimeOutOfRange, field, "the time lies outside every calendar");
                return Absent.Time;
            case JsonTokenType.String when Rfc3339.TryParse(
                Text(field, RecordLimits.Dimension), dateAlone, ref _scratch.LastMinute, out long text):
                return text;
            default:
                Fail(RejectReason.InvalidValue, field, "expected an RFC 3339 time or milliseconds since 1970");
                return Absent.Time;
        }
    }

    private DecimalNumber NumberAt(JsonField field)
    {
        ref RecordScratch.Slot slot = ref _scratch.At(field);
        return slot.IsPlainNumber
            ? DecimalNumber.Of(slot.IsNegative, slot.Digits, slot.Exponent)
            : DecimalNumber.Parse(Raw(field));
    }

    // What most numbers are: whole, not negative, and small enough for every unit.
    private bool TryPlain(JsonField field, out long value)
    {
        ref RecordScratch.Slot slot = ref _scratch.At(field);
        value = (long)slot.Digits;
        return Has(field) && slot.IsPlainNumber && !slot.IsNegative && slot.Exponent == 0 && slot.Digits <= MaxPlain;
    }

    private bool TryNumber(JsonField field, out DecimalNumber number)
    {
        number = default;
        JsonTokenType token = TokenOf(field);
        if (token == JsonTokenType.Number)
        {
            number = NumberAt(field);
            return true;
        }

        if (token != JsonTokenType.None)
        {
            Fail(RejectReason.InvalidValue, field, "expected a number");
        }

        return false;
    }

    private bool TryRounded(JsonField field, bool signed, int power, long most, out long value)
    {
        value = 0;
        if (!TryNumber(field, out DecimalNumber number))
        {
            return false;
        }

        if ((number.IsNegative && !signed) || !number.TryRound(power, out value) || value > most || value < -most)
        {
            Fail(RejectReason.InvalidValue, field, signed ? "expected a number in its range" : "expected a number from 0");
            return false;
        }

        return true;
    }

    /// <summary>The member whose name a reader stands at; <see cref="JsonField.Count"/> if the schema has none.</summary>
    public JsonField FieldOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return JsonFieldNames.Find(reader.ValueSpan);
        }

        int mark = _scratch.Mark();
        JsonField field = _scratch.TryUnescape(reader.ValueSpan, out ReadOnlySpan<byte> name) ? JsonFieldNames.Find(name) : JsonField.Count;
        _scratch.Release(mark);
        return field;
    }

    private void FailUtf8() => _scratch.Fail(RejectReason.InvalidUtf8, JsonField.Count, "the line is no UTF-8");

    private void Note(JsonField field, ref Utf8JsonReader reader)
    {
        JsonTokenType token = reader.TokenType;
        int start = (int)reader.TokenStartIndex;
        bool escaped = token == JsonTokenType.String && reader.ValueIsEscaped;
        int length = token == JsonTokenType.String ? reader.ValueSpan.Length : 0;
        reader.Skip();
        if (field == JsonField.Count)
        {
            return;
        }

        if (Seen.Contains(field))
        {
            _scratch.Fail(RejectReason.DuplicateField, field, "stands twice");
            return;
        }

        _scratch.Seen = Seen.With(field);
        ref RecordScratch.Slot slot = ref _scratch.Slots[(int)field];
        slot.Token = token;
        slot.IsEscaped = escaped;
        slot.IsPlainNumber = false;
        slot.Start = token == JsonTokenType.String ? start + 1 : start;
        slot.Length = token == JsonTokenType.String ? length : (int)reader.BytesConsumed - start;
        if (token != JsonTokenType.Null && (token != JsonTokenType.String || length > 0))
        {
            _scratch.Present = Present.With(field);
        }
    }
}
