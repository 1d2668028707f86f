using System.Text.Json;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Collects the members of a record that have no place in the event.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class AnnexBuilder
{
    private readonly JsonLine _line = new();

    public ReadOnlySpan<byte> Written => _line.Written;

    public void Clear() => _line.Clear();

    public void Text(in JsonRecord record, JsonField field, int maxBytes) => _line.Text(field, record.Text(field, maxBytes));

    /// <summary>A text that some senders write as a number.</summary>
    public void Code(in JsonRecord record, JsonField field)
    {
        bool isNumber = record.TokenOf(field) == JsonTokenType.Number;
        _line.Text(field, isNumber ? record.Raw(field) : record.Text(field, RecordLimits.Id));
    }

    public void Instant(in JsonRecord record, JsonField field)
    {
        long instant = record.Instant(field);
        if (instant != Absent.Time)
        {
            _line.Name(field);
            _line.Decimal(instant, 3);
        }
    }

    public void Texts(in JsonRecord record, JsonField field)
    {
        switch (record.TokenOf(field))
        {
            case JsonTokenType.None:
                return;
            case JsonTokenType.StartArray:
                CopyTexts(record, field);
                return;
            default:
                record.Fail(RejectReason.InvalidValue, field, "expected an array of texts");
                return;
        }
    }

    public void Object(in JsonRecord record, JsonField field)
    {
        switch (record.TokenOf(field))
        {
            case JsonTokenType.None:
                return;
            case JsonTokenType.StartObject when record.Raw(field).Length <= RecordLimits.Object:
                _line.Name(field);
                CopyTree(record, field);
                return;
            case JsonTokenType.StartObject:
                record.Fail(RejectReason.TooLarge, field, "the object is too large");
                return;
            default:
                record.Fail(RejectReason.InvalidValue, field, "expected an object");
                return;
        }
    }

    private void CopyTexts(in JsonRecord record, JsonField field)
    {
        _line.Name(field);
        _line.Append((byte)'[');
        var reader = new Utf8JsonReader(record.Raw(field));
        reader.Read();
        for (int count = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count > RecordLimits.Elements)
            {
                record.Fail(RejectReason.TooLarge, field, "the array has too many elements");
                return;
            }

            if (reader.TokenType != JsonTokenType.String)
            {
                record.Fail(RejectReason.InvalidValue, field, "expected an array of texts");
                return;
            }

            _line.Separate();
            _line.Text(record.Unescape(field, reader.ValueSpan, reader.ValueIsEscaped, RecordLimits.Dimension));
        }

        _line.Append((byte)']');
    }

    // Token by token: what is kept has one spelling, whatever white space and escapes the sender used.
    private void CopyTree(in JsonRecord record, JsonField field)
    {
        var reader = new Utf8JsonReader(record.Raw(field));
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _line.Name(record.Unescape(field, reader.ValueSpan, reader.ValueIsEscaped, RecordLimits.Object));
                    break;
                case JsonTokenType.String:
                    _line.Separate();
                    _line.Text(record.Unescape(field, reader.ValueSpan, reader.ValueIsEscaped, RecordLimits.Object));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _line.Append(reader.ValueSpan[0]);
                    break;
                default:
                    _line.Separate();
                    _line.Raw(reader.ValueSpan);
                    break;
            }
        }
    }
}
