using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Says an event of a batch as a line of canonical NDJSON.</summary>
/// <remarks>
/// The way of every event that is not plain: the line is read by the decoder of NDJSON, so that both formats accept and refuse the
/// same, for the same reasons and under the same ids. One thread at a time.
/// </remarks>
internal sealed class RecordText(BatchTexts texts)
{
    private const int MaxNumberLength = 40;

    private readonly JsonLine _line = new();
    private EventKind _kind;

    /// <summary>The line of the last event.</summary>
    public ReadOnlySpan<byte> Written => _line.Written;

    /// <summary>Says an event.</summary>
    /// <param name="body">The body of the batch.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="record">The bytes of the event, a whole value.</param>
    /// <returns>Whether they have the form of an event.</returns>
    public bool TryWrite(ReadOnlySpan<byte> body, BatchRows rows, ReadOnlySpan<byte> record)
    {
        _line.Clear();
        var reader = new MessagePackReader(record);
        if (reader.TryReadExtension(out sbyte type, out ReadOnlySpan<byte> json))
        {
            _line.Raw(json);
            return type == BatchFormat.JsonType;
        }

        _line.Append((byte)'{');
        if (!reader.TryReadArrayHeader(out int count)
            || count < BatchFormat.EventElements
            || !TryReadRow(ref reader, rows.Count, out int row))
        {
            return false;
        }

        _kind = EventKind.None;
        if (!TryWriteKind(ref reader)
            || !TryWriteMember(ref reader, body, EventMember.Time)
            || !TryWriteMembers(ref reader, body))
        {
            return false;
        }

        if (row >= 0)
        {
            var shared = new MessagePackReader(rows.BytesOf(body, row));
            if (!TryWriteMembers(ref shared, body))
            {
                return false;
            }
        }

        _line.Append((byte)'}');
        return true;
    }

    /// <summary>Says a record of nothing but experiment variants.</summary>
    /// <param name="value">The bytes of the object, a whole value.</param>
    /// <returns>Whether it can be said.</returns>
    public bool TryWriteVariants(ReadOnlySpan<byte> value)
    {
        _line.Clear();
        _line.Append((byte)'{');
        _line.Name(JsonField.Variants);
        var reader = new MessagePackReader(value);
        bool isWritten = TryWritePlain(ref reader, 1);
        _line.Append((byte)'}');
        return isWritten;
    }

    /// <summary>The object in what <see cref="TryWriteVariants"/> has said.</summary>
    public static ReadOnlySpan<byte> VariantsOf(ReadOnlySpan<byte> record) => record["{\"variants\":"u8.Length..^1];

    /// <summary>Says a list of purposes.</summary>
    /// <param name="bits">The purposes; purpose i is bit i.</param>
    public void WritePurposes(byte bits)
    {
        _line.Clear();
        AppendPurposes(bits);
    }

    private static bool TryReadRow(ref MessagePackReader reader, int count, out int row)
    {
        row = -1;
        if (reader.TryReadNil())
        {
            return true;
        }

        bool isPlace = reader.TryReadUInt64(out ulong place) && place < (ulong)count;
        row = (int)place;
        return isPlace;
    }

    private bool TryWriteKind(ref MessagePackReader reader)
    {
        _line.Name(JsonField.Kind);
        if (reader.TryReadUInt64(out ulong number))
        {
            _kind = number < (ulong)EventKindNames.Count ? (EventKind)number : EventKind.None;
            if (_kind == EventKind.None)
            {
                _line.Append((byte)'"');
                WriteNumber(number);
                _line.Append((byte)'"');
            }
            else
            {
                _line.Text(EventKindNames.Utf8NameOf(_kind));
            }

            return true;
        }

        if (reader.NextType != MessagePackType.Text || !reader.TryReadText(out ReadOnlySpan<byte> name))
        {
            return TryWritePlain(ref reader, 1);
        }

        _kind = EventKindNames.TryParse(name, out EventKind kind) ? kind : EventKind.None;
        _line.Text(name);
        return true;
    }

    private bool TryWriteMembers(ref MessagePackReader reader, ReadOnlySpan<byte> body)
    {
        if (!reader.TryReadMapHeader(out int count))
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            bool isWritten = reader.TryReadUInt64(out ulong number)
                ? TryWriteMember(ref reader, body, number < MemberTable.Count ? (EventMember)number : EventMember.None, number)
                : TryWriteNamed(ref reader, body);
            if (!isWritten)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryWriteNamed(ref MessagePackReader reader, ReadOnlySpan<byte> body)
    {
        if (!reader.TryReadText(out ReadOnlySpan<byte> name))
        {
            return false;
        }

        JsonField field = JsonFieldNames.Find(name);
        if (field != JsonField.Count && MemberTable.MemberOf(field) is var member and not EventMember.None)
        {
            return TryWriteMember(ref reader, body, member);
        }

        _line.Name(name);
        return TryWritePlain(ref reader, 1);
    }

    private bool TryWriteMember(ref MessagePackReader reader, ReadOnlySpan<byte> body, EventMember member, ulong number = 0)
    {
        if (member == EventMember.None)
        {
            // A member that a later release knows: its number is its name.
            _line.Separate();
            _line.Append((byte)'"');
            WriteNumber(number);
            _line.Append((byte)'"');
            _line.Append((byte)':');
            return TryWritePlain(ref reader, 1);
        }

        _line.Name(MemberTable.FieldOf(member));
        switch (MemberTable.FormOf(member))
        {
            case MemberForm.Text or MemberForm.TextOrNumber:
                return TryWriteText(ref reader, body);
            case MemberForm.Choice or MemberForm.Scale:
                return TryWriteChoice(ref reader, MemberTable.ChoicesOf(member, _kind));
            case MemberForm.Purposes when reader.TryReadUInt64(out ulong bits):
                AppendPurposes(bits);
                return true;
            case MemberForm.Texts when reader.TryReadArrayHeader(out int count):
                return TryWriteTexts(ref reader, body, count);
            default:
                return TryWritePlain(ref reader, 1);
        }
    }

    private bool TryWriteTexts(ref MessagePackReader reader, ReadOnlySpan<byte> body, int count)
    {
        _line.Append((byte)'[');
        for (int i = 0; i < count; i++)
        {
            _line.Separate();
            if (!TryWriteText(ref reader, body))
            {
                return false;
            }
        }

        _line.Append((byte)']');
        return true;
    }

    private bool TryWriteText(ref MessagePackReader reader, ReadOnlySpan<byte> body)
    {
        if (reader.TryReadUInt64(out ulong place))
        {
            if (place >= (ulong)texts.Count)
            {
                return false;
            }

            ref BatchTexts.Entry entry = ref texts[(int)place];
            _line.Text(body.Slice(entry.Start, entry.Length));
            return true;
        }

        if (!reader.TryReadBinary(out ReadOnlySpan<byte> bytes))
        {
            return TryWritePlain(ref reader, 1);
        }

        if (bytes.Length == BatchFormat.PseudonymBytes)
        {
            _line.Pseudonym(MessagePackCodes.BigEndian(bytes));
        }

        return bytes.Length == BatchFormat.PseudonymBytes;
    }

    private bool TryWriteChoice(ref MessagePackReader reader, ChoiceTexts? choices)
    {
        if (!reader.TryReadUInt64(out ulong value))
        {
            return TryWritePlain(ref reader, 1);
        }

        if (choices is not null && value <= byte.MaxValue && choices.Holds((int)value))
        {
            _line.Text(choices.TextOf((int)value));
        }
        else
        {
            WriteNumber(value);
        }

        return true;
    }

    private void AppendPurposes(ulong bits)
    {
        _line.Append((byte)'[');
        for (int bit = 0; bit < ChoiceTexts.PurposeCount; bit++)
        {
            if (((bits >> bit) & 1) != 0)
            {
                _line.Separate();
                _line.Text(ChoiceTexts.PurposeAt(bit));
            }
        }

        if (bits >> ChoiceTexts.PurposeCount != 0)
        {
            // A purpose that a later release knows is none of those that may be named.
            _line.Separate();
            WriteNumber(bits);
        }

        _line.Append((byte)']');
    }

    private bool TryWritePlain(ref MessagePackReader reader, int depth)
    {
        switch (reader.NextType)
        {
            case MessagePackType.Nil:
                _line.Raw("null"u8);
                return reader.TryReadNil();
            case MessagePackType.Boolean when reader.TryReadBoolean(out bool truth):
                _line.Raw(truth ? "true"u8 : "false"u8);
                return true;
            case MessagePackType.Integer when reader.TryReadInt64(out long signed):
                _line.Number(signed);
                return true;
            case MessagePackType.Integer when reader.TryReadUInt64(out ulong whole):
                WriteNumber(whole);
                return true;
            case MessagePackType.Float when reader.TryReadDouble(out double number):
                WriteDouble(number);
                return true;
            case MessagePackType.Text when reader.TryReadText(out ReadOnlySpan<byte> text):
                _line.Text(text);
                return true;
            case MessagePackType.Extension:
                return TryWriteExtension(ref reader);
            case MessagePackType.Array or MessagePackType.Map:
                return depth <= MessagePackReader.MaxDepth && TryWriteEntries(ref reader, depth + 1);
            default:
                return false;
        }
    }

    private bool TryWriteEntries(ref MessagePackReader reader, int depth)
    {
        bool isMap = reader.TryReadMapHeader(out int count);
        if (!isMap && !reader.TryReadArrayHeader(out count))
        {
            return false;
        }

        _line.Append(isMap ? (byte)'{' : (byte)'[');
        for (int i = 0; i < count; i++)
        {
            if (!isMap)
            {
                _line.Separate();
            }
            else if (reader.TryReadText(out ReadOnlySpan<byte> name))
            {
                _line.Name(name);
            }
            else
            {
                return false;
            }

            if (!TryWritePlain(ref reader, depth))
            {
                return false;
            }
        }

        _line.Append(isMap ? (byte)'}' : (byte)']');
        return true;
    }

    private bool TryWriteExtension(ref MessagePackReader reader)
    {
        if (reader.TryReadTimestamp(out long seconds, out uint nanoseconds))
        {
            bool isNear = Math.Abs(seconds) < long.MaxValue / EventTime.MicrosecondsPerSecond / 2;
            _line.Decimal(isNear ? (seconds * EventTime.MicrosecondsPerSecond) + (nanoseconds / 1000) : long.MaxValue, 3);
            return true;
        }

        if (!reader.TryReadExtension(out sbyte type, out ReadOnlySpan<byte> data) || type != BatchFormat.JsonType)
        {
            return false;
        }

        // What it says is checked where the line is read.
        _line.Raw(data);
        return true;
    }

    private void WriteDouble(double number)
    {
        if (double.IsFinite(number))
        {
            _line.Number(number);
        }
        else
        {
            // JSON has no such number; as a text it is refused where a number is expected.
            _line.Text(double.IsNaN(number) ? "NaN"u8 : number > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
    }

    private void WriteNumber(ulong number)
    {
        Span<byte> text = stackalloc byte[MaxNumberLength];
        number.TryFormat(text, out int written, default, CultureInfo.InvariantCulture);
        _line.Raw(text[..written]);
    }
}
