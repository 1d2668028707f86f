using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Writes what JSON says into a batch, so that reading it back says the same.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class JsonMembers(EventBatchWriter batch)
{
    private readonly ArrayBufferWriter<byte> _value = new(256);
    private byte[] _text = new byte[1024];

    /// <summary>Writes one member of the open event.</summary>
    public void WriteMember(EventMember member, ReadOnlySpan<byte> json)
    {
        var check = new Utf8JsonReader(json);
        while (check.Read())
        {
            // Reads to the end, which finds what is no JSON before anything is written.
        }

        _value.ResetWrittenCount();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        bool isSaid = TryWriteValue(ref reader, json, _value, member, EventKind.None);
        ArrayBufferWriter<byte> output = batch.Key(member);
        if (isSaid)
        {
            output.Write(_value.WrittenSpan);
        }
        else
        {
            new MessagePackWriter(output).WriteExtension(BatchFormat.JsonType, json);
        }
    }

    /// <summary>Writes all members of the open event. False, with the event half written, if it has to travel as JSON.</summary>
    public bool TryWriteLine(ReadOnlySpan<byte> line)
    {
        try
        {
            return TryWriteEnvelope(line, out EventKind kind, out bool isIdentified) && TryWriteMembers(line, kind, isIdentified);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Kind and time stand before the others. An event that is known by nothing but its content keeps the spelling of its times,
    // because spelling is content; of others a time becomes a number, which is read faster.
    private bool TryWriteEnvelope(ReadOnlySpan<byte> line, out EventKind kind, out bool isIdentified)
    {
        kind = EventKind.None;
        FieldSet found = default;
        Span<(int Start, int Length)> places = [default, default];
        var reader = new Utf8JsonReader(line);
        isIdentified = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueIsEscaped)
            {
                return false;
            }

            JsonField field = JsonFieldNames.Find(reader.ValueSpan);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            bool isEmpty = reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty;
            bool isThere = reader.TokenType != JsonTokenType.Null && !isEmpty;
            reader.Skip();
            if (field == JsonField.Count)
            {
                continue;
            }

            if (found.Contains(field))
            {
                return false;
            }

            if (field is JsonField.Kind or JsonField.Time)
            {
                places[(int)field] = (start, (int)reader.BytesConsumed - start);
            }

            found = isThere ? found.With(field) : found;
        }

        reader.Read();
        isIdentified = found.Contains(JsonField.Id) || (found.Contains(JsonField.View) && found.Contains(JsonField.Seq));
        return found.Contains(JsonField.Kind) && found.Contains(JsonField.Time)
            && TryWriteKind(line.Slice(places[0].Start, places[0].Length), out kind)
            && TryWriteTime(line.Slice(places[1].Start, places[1].Length), isIdentified);
    }

    private bool TryWriteKind(ReadOnlySpan<byte> json, out EventKind kind)
    {
        kind = EventKind.None;
        if (json.Length < 2 || json[0] != (byte)'"' || !EventKindNames.TryParse(json[1..^1], out kind))
        {
            return false;
        }

        new MessagePackWriter(batch.Head).Write((long)kind);
        return true;
    }

    private bool TryWriteTime(ReadOnlySpan<byte> json, bool isIdentified)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return TryWriteValue(ref reader, json, batch.Head, isIdentified ? EventMember.Time : EventMember.None, EventKind.None);
    }

    private bool TryWriteMembers(ReadOnlySpan<byte> line, EventKind kind, bool isIdentified)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            JsonField field = JsonFieldNames.Find(name);
            reader.Read();
            if (field is JsonField.Kind or JsonField.Time)
            {
                reader.Skip();
                continue;
            }

            EventMember member = field == JsonField.Count ? EventMember.None : MemberTable.MemberOf(field);
            ArrayBufferWriter<byte> output = member == EventMember.None ? batch.Key(name) : batch.Key(member);
            if (MemberTable.FormOf(member) == MemberForm.Time && !isIdentified)
            {
                member = EventMember.None;
            }

            if (!TryWriteValue(ref reader, line, output, member, kind))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryWriteValue(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output, EventMember member, EventKind kind)
    {
        MemberForm form = MemberTable.FormOf(member);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return TryUnescape(ref reader, out ReadOnlySpan<byte> text) && TryWriteText(output, member, form, kind, text);
            case JsonTokenType.Number when form is MemberForm.Text or MemberForm.TextOrNumber or MemberForm.Choice or MemberForm.Scale
                or MemberForm.Purposes or MemberForm.Texts:
                new MessagePackWriter(output).WriteExtension(BatchFormat.JsonType, reader.ValueSpan);
                return true;
            case JsonTokenType.StartArray when form == MemberForm.Purposes:
                return TryWritePurposes(ref reader, output);
            case JsonTokenType.StartArray when form == MemberForm.Texts:
                return TryWriteTree(ref reader, json, output, member, 1);
            default:
                bool isExact = form is MemberForm.Tree or MemberForm.Unknown;
                return TryWriteTree(ref reader, json, output, isExact ? EventMember.Fields : EventMember.None, 1);
        }
    }

    private bool TryWriteText(ArrayBufferWriter<byte> output, EventMember member, MemberForm form, EventKind kind, ReadOnlySpan<byte> text)
    {
        var writer = new MessagePackWriter(output);
        if (form is MemberForm.Choice or MemberForm.Scale
            && MemberTable.ChoicesOf(member, kind) is { } choices && choices.Find(text) is var value and >= 0)
        {
            writer.Write((long)value);
        }
        else if (form == MemberForm.Time && Rfc3339.TryParse(text, dateAlone: !IsEnvelopeTime(member), out long instant))
        {
            EventBatchWriter.WriteInstant(writer, instant);
        }
        else
        {
            batch.WriteText(output, member, text);
        }

        return true;
    }

    private static bool IsEnvelopeTime(EventMember member) => member is EventMember.Time or EventMember.Sent or EventMember.Received;

    // As bits only in the order of the bits, which is then what is read back.
    private bool TryWritePurposes(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        Utf8JsonReader look = reader;
        var granted = ConsentPurposes.None;
        bool isOrdered = true;
        while (look.Read() && look.TokenType == JsonTokenType.String && isOrdered)
        {
            ConsentPurposes purpose = look.ValueIsEscaped ? ConsentPurposes.None : ChoiceTexts.PurposeOf(look.ValueSpan);
            isOrdered = purpose > granted;
            granted |= purpose;
        }

        if (!isOrdered || look.TokenType != JsonTokenType.EndArray)
        {
            return TryWriteTree(ref reader, default, output, EventMember.Fields, 1);
        }

        reader = look;
        new MessagePackWriter(output).Write((long)granted);
        return true;
    }

    // Of a tree numbers keep their spelling (member Fields), texts of arrays of texts are shared (their member).
    private bool TryWriteTree(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output, EventMember member, int depth)
    {
        var writer = new MessagePackWriter(output);
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                writer.WriteNil();
                return true;
            case JsonTokenType.True or JsonTokenType.False:
                writer.Write(reader.TokenType == JsonTokenType.True);
                return true;
            case JsonTokenType.Number when MemberTable.FormOf(member) == MemberForm.Texts:
                writer.WriteExtension(BatchFormat.JsonType, reader.ValueSpan);
                return true;
            case JsonTokenType.Number:
                WriteNumber(writer, reader.ValueSpan, isExact: member == EventMember.Fields);
                return true;
            case JsonTokenType.String:
                if (!TryUnescape(ref reader, out ReadOnlySpan<byte> text))
                {
                    return false;
                }

                batch.WriteText(output, member, text);
                return true;
            default:
                return depth < MessagePackReader.MaxDepth && TryWriteEntries(ref reader, json, output, member, depth + 1);
        }
    }

    private bool TryWriteEntries(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output, EventMember member, int depth)
    {
        bool isObject = reader.TokenType == JsonTokenType.StartObject;
        Utf8JsonReader look = reader;
        int count = 0;
        while (look.Read() && look.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            // Of a member Skip passes the value too.
            look.Skip();
            count++;
        }

        var writer = new MessagePackWriter(output);
        if (isObject)
        {
            writer.WriteMapHeader(count);
        }
        else
        {
            writer.WriteArrayHeader(count);
        }

        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (isObject)
            {
                if (!TryUnescape(ref reader, out ReadOnlySpan<byte> name))
                {
                    return false;
                }

                writer.WriteText(name);
                reader.Read();
            }

            if (!TryWriteTree(ref reader, json, output, isObject ? EventMember.Fields : member, depth))
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteNumber(MessagePackWriter writer, ReadOnlySpan<byte> raw, bool isExact)
    {
        Span<byte> spelled = stackalloc byte[40];
        bool isMinusZero = isExact && raw is [(byte)'-', (byte)'0'];
        if (!isMinusZero && Utf8Parser.TryParse(raw, out long whole, out int consumed) && consumed == raw.Length)
        {
            writer.Write(whole);
        }
        else if (Utf8Parser.TryParse(raw, out double number, out consumed)
            && consumed == raw.Length
            && double.IsFinite(number)
            && number.TryFormat(spelled, out int length, "R", System.Globalization.CultureInfo.InvariantCulture)
            && (isExact ? raw.SequenceEqual(spelled[..length]) : IsSame(raw, spelled[..length])))
        {
            writer.Write(number);
        }
        else
        {
            writer.WriteExtension(BatchFormat.JsonType, raw);
        }
    }

    private static bool IsSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        DecimalNumber.Parse(left).Normalized() == DecimalNumber.Parse(right).Normalized();

    private bool TryUnescape(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            return true;
        }

        if (_text.Length < text.Length)
        {
            _text = new byte[text.Length * 2];
        }

        bool isText = JsonText.TryUnescape(text, _text, out int written);
        text = _text.AsSpan(0, written);
        return isText;
    }
}
