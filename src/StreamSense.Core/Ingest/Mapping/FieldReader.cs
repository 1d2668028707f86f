using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Reads the fields of a mapping from records.</summary>
/// <remarks>One thread at a time; what a read gives is valid until the next. Allocates only for a refusal.</remarks>
internal sealed class FieldReader
{
    private const int MaxNumber = 96;
    private const int MaxQuoted = 64;

    private readonly JsonLine _list = new();

    /// <summary>Why the last read failed.</summary>
    public RejectReason Reason { get; private set; }

    /// <summary>Why the last read failed, in words.</summary>
    public string Message { get; private set; } = "";

    public FieldForm Read(MappedField field, in SourceRecord record, out ReadOnlySpan<byte> bytes)
    {
        bytes = field.Constant;
        if (field.Constant is not null)
        {
            return FieldForm.Json;
        }

        SourceValue value = field.Reading.Read(record);
        FieldForm form = value.IsAbsent ? FieldForm.Absent : Convert(field, record, value, out bytes);
        if (form == FieldForm.Failed && field.IsLenient)
        {
            form = FieldForm.Absent;
        }

        if (form != FieldForm.Absent)
        {
            return form;
        }

        bytes = field.Default;
        return field.Default is not null ? FieldForm.Json
            : field.IsRequired ? Fail(RejectReason.MissingField, field, "has no value", default)
            : FieldForm.Absent;
    }

    /// <summary>Notes a refusal.</summary>
    public FieldForm Fail(RejectReason reason, string name, string source, string rule, ReadOnlySpan<byte> found)
    {
        Reason = reason;
        string quoted = found.IsEmpty ? "" : $", found \"{Encoding.UTF8.GetString(found[..Math.Min(found.Length, MaxQuoted)])}\"";
        Message = $"{name}: {source} {rule}{quoted}";
        return FieldForm.Failed;
    }

    private FieldForm Fail(RejectReason reason, MappedField field, string rule, ReadOnlySpan<byte> found) =>
        Fail(reason, field.Name, field.Reading.Description, rule, found);

    private FieldForm Convert(MappedField field, in SourceRecord record, SourceValue value, out ReadOnlySpan<byte> bytes)
    {
        if (field.Type == MemberType.Texts)
        {
            return List(field, record, value, out bytes);
        }

        if (field.Map is not null && !value.IsTree)
        {
            bytes = default;
            return Mapped(field, value.Text, ref bytes);
        }

        bytes = value.Text;
        switch (field.Type)
        {
            case MemberType.Text or MemberType.Id or MemberType.Choice or MemberType.Scale:
                return Text(field, record, value, ref bytes);
            case MemberType.Truth:
                return Truth(field, value.Text, ref bytes);
            case MemberType.Instant:
                return Instant(field, record, value.Text, ref bytes);
            case MemberType.Object:
                return value.IsTree ? FieldForm.Json : Fail(RejectReason.InvalidValue, field, "is no object", value.Text);
            case MemberType.Free:
                return value.Token == JsonTokenType.String ? FieldForm.Text : FieldForm.Json;
            default:
                return Number(field, record, value.Text, ref bytes);
        }
    }

    private FieldForm Mapped(MappedField field, ReadOnlySpan<byte> text, ref ReadOnlySpan<byte> bytes)
    {
        if (!field.Map!.TryFind(text, out byte[]? mapped))
        {
            if (!field.HasElse)
            {
                return Fail(RejectReason.InvalidValue, field, "is not in the map", text);
            }

            mapped = field.Else;
        }

        bytes = mapped;
        return mapped is null ? FieldForm.Absent : FieldForm.Json;
    }

    private FieldForm Text(MappedField field, in SourceRecord record, SourceValue value, ref ReadOnlySpan<byte> bytes)
    {
        if (value.IsTree && field.Type != MemberType.Scale)
        {
            return Fail(RejectReason.InvalidValue, field, "is no text", value.Text);
        }

        if (value.IsTree)
        {
            return FieldForm.Json;
        }

        if (field.Prefix.Length > 0)
        {
            Span<byte> room = record.Arena.Rent(field.Prefix.Length + value.Text.Length);
            field.Prefix.CopyTo(room);
            value.Text.CopyTo(room[field.Prefix.Length..]);
            bytes = room;
        }

        return FieldForm.Text;
    }

    private FieldForm Number(MappedField field, in SourceRecord record, ReadOnlySpan<byte> text, ref ReadOnlySpan<byte> bytes)
    {
        if (!SourceNumber.TryParse(text, record.Form.DecimalMark, out DecimalNumber number, out bool isJson))
        {
            return Fail(RejectReason.InvalidValue, field, "is no number", text);
        }

        if (isJson && field.Factor == UnitFactor.One)
        {
            return FieldForm.Json;
        }

        Span<byte> room = record.Arena.Rent(MaxNumber);
        if (!field.Factor.TryWrite(number, room, out int written))
        {
            return Fail(RejectReason.InvalidValue, field, "has too many digits", text);
        }

        bytes = room[..written];
        return FieldForm.Json;
    }

    private FieldForm Instant(MappedField field, in SourceRecord record, ReadOnlySpan<byte> text, ref ReadOnlySpan<byte> bytes)
    {
        if (!field.Time!.TryRead(text, record.Form.DecimalMark, out long microseconds))
        {
            return Fail(RejectReason.InvalidValue, field, $"is no time as {field.Time.Description} says it", text);
        }

        Span<byte> room = record.Arena.Rent(MaxNumber);
        bytes = room[..WriteMilliseconds(microseconds, room)];
        return FieldForm.Json;
    }

    private static int WriteMilliseconds(long microseconds, Span<byte> room)
    {
        int start = 0;
        ulong magnitude = microseconds < 0 ? 0UL - (ulong)microseconds : (ulong)microseconds;
        if (microseconds < 0)
        {
            room[start++] = (byte)'-';
        }

        Utf8Formatter.TryFormat(magnitude / 1000, room[start..], out int written);
        written += start;
        ulong rest = magnitude % 1000;
        if (rest != 0)
        {
            room[written++] = (byte)'.';
            room[written++] = (byte)('0' + (rest / 100));
            room[written++] = (byte)('0' + (rest / 10 % 10));
            room[written++] = (byte)('0' + (rest % 10));
        }

        return written;
    }

    private FieldForm Truth(MappedField field, ReadOnlySpan<byte> text, ref ReadOnlySpan<byte> bytes)
    {
        if (Is(text, "true"u8) || Is(text, "1"u8) || Is(text, "yes"u8) || Is(text, "t"u8) || Is(text, "y"u8) || Is(text, "on"u8))
        {
            bytes = "true"u8;
            return FieldForm.Json;
        }

        bytes = "false"u8;
        return Is(text, "false"u8) || Is(text, "0"u8) || Is(text, "no"u8) || Is(text, "f"u8) || Is(text, "n"u8) || Is(text, "off"u8)
            ? FieldForm.Json
            : Fail(RejectReason.InvalidValue, field, "is neither true nor false", text);
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);

    private FieldForm List(MappedField field, in SourceRecord record, SourceValue value, out ReadOnlySpan<byte> bytes)
    {
        _list.Clear();
        _list.Append((byte)'[');
        FieldForm form = value.Token switch
        {
            JsonTokenType.StartArray => FromArray(field, record, value.Text),
            JsonTokenType.StartObject => Fail(RejectReason.InvalidValue, field, "is no list", value.Text),
            _ => FromText(field, value.Text),
        };
        _list.Append((byte)']');
        bytes = _list.Written;
        return form != FieldForm.Failed && bytes.Length == 2 ? FieldForm.Absent : form;
    }

    private FieldForm FromText(MappedField field, ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int end = field.Split.Length > 0 ? text.IndexOf(field.Split) : -1;
            if (AddElement(field, end < 0 ? text : text[..end]) == FieldForm.Failed)
            {
                return FieldForm.Failed;
            }

            if (end < 0)
            {
                return FieldForm.Json;
            }

            text = text[(end + field.Split.Length)..];
        }
    }

    private FieldForm FromArray(MappedField field, in SourceRecord record, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadOnlySpan<byte> text = reader.ValueSpan;
            if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
            {
                Span<byte> room = record.Arena.Rent(text.Length);
                text = JsonText.TryUnescape(text, room, out int written) ? room[..written] : text;
            }

            bool isTree = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (isTree || (reader.TokenType != JsonTokenType.Null && AddElement(field, text) == FieldForm.Failed))
            {
                return isTree ? Fail(RejectReason.InvalidValue, field, "has an element that is no text", json) : FieldForm.Failed;
            }
        }

        return FieldForm.Json;
    }

    private FieldForm AddElement(MappedField field, ReadOnlySpan<byte> element)
    {
        element = element.Trim(" \t"u8);
        if (element.IsEmpty)
        {
            return FieldForm.Absent;
        }

        ReadOnlySpan<byte> json = default;
        FieldForm form = field.Map is null ? FieldForm.Text : Mapped(field, element, ref json);
        if (form is FieldForm.Text or FieldForm.Json)
        {
            _list.Separate();
        }

        if (form == FieldForm.Json)
        {
            _list.Raw(json);
        }
        else if (form == FieldForm.Text)
        {
            _list.Text(element);
        }

        return form;
    }
}
