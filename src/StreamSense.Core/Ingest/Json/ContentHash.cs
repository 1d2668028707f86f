using System.Buffers.Binary;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Identifies a record by what it says: order of members, white space, escapes and spelling of numbers do not matter.</summary>
/// <remarks>
/// The members that the schema knows are hashed together, in the schema's order; what else there is, value by value under the name that it
/// stands under. All of it under the host's key: without it nobody can make two records that say different things and hash alike. One
/// thread at a time; allocates nothing once its buffer has grown to the longest record.
/// </remarks>
internal sealed class ContentHash(Pseudonymizer pseudonymizer, RecordScratch scratch)
{
    private const int HeadLength = 8;
    private const int PairLength = 16;

    private byte[] _canonical = new byte[1024];
    private int _length;

    private enum Form : byte
    {
        None = 0,
        Text = 1,
        Number = 2,
        LongNumber = 3,
        True = 4,
        False = 5,
        Null = 6,
        Array = 7,
        Object = 8,
        Name = 9,
        Record = 10,
    }

    /// <summary>The id of a record whose syntax has been checked.</summary>
    public EventId Of(in JsonRecord record)
    {
        ulong content = Known(record);
        if (!record.IsKnownThroughout)
        {
            ulong unknown = Unknown(record, out ulong count);
            content = count == 0 ? content : Hash(content, unknown, place: count, Form.Record);
        }

        // 0 stands for "not given".
        return new EventId(Math.Max(1, content));
    }

    /// <summary>Begins a record that is told member by member, in the schema's order.</summary>
    public void Begin() => _length = 0;

    /// <summary>Tells a member that is a text.</summary>
    public void Tell(JsonField field, ReadOnlySpan<byte> text) => Append(field, Form.Text, text);

    /// <summary>Tells a member that is a number of at most 19 digits.</summary>
    public void Tell(JsonField field, DecimalNumber number)
    {
        Span<byte> pair = stackalloc byte[PairLength];
        Append(field, Form.Number, Pair(number, pair));
    }

    /// <summary>Tells a member that is true or false.</summary>
    public void Tell(JsonField field, bool truth) => Append(field, truth ? Form.True : Form.False, default);

    /// <summary>Tells a member that is an object or an array, by its <see cref="TreeOf"/>.</summary>
    public void Tell(JsonField field, ulong tree)
    {
        Span<byte> pair = stackalloc byte[PairLength];
        Append(field, Form.Object, Pair(tree, 0, pair));
    }

    /// <summary>What has been told, in a form that can be told again; valid until more is.</summary>
    public ReadOnlySpan<byte> Said => _canonical.AsSpan(0, _length);

    /// <summary>Tells members again.</summary>
    public void Tell(ReadOnlySpan<byte> said)
    {
        Reserve(said.Length);
        said.CopyTo(_canonical.AsSpan(_length));
        _length += said.Length;
    }

    /// <summary>The hash of an object or an array whose syntax has been checked.</summary>
    public ulong TreeOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Value(ref reader, place: 0);
    }

    /// <summary>The id of the record whose members have been told: that of the same record as a line.</summary>
    public EventId End() => new(Math.Max(1, Told()));

    private ulong Told() => pseudonymizer.Content(Said, (ulong)Form.Record);

    private ulong Known(in JsonRecord record)
    {
        Begin();
        for (FieldSet rest = record.Seen; !rest.IsEmpty;)
        {
            JsonField field = rest.First();
            rest = rest.Except(FieldSet.Of(field));
            Append(record, field);
        }

        return Told();
    }

    // Each value behind its name, form and length, so that no two rows of values run into the same bytes.
    private void Append(in JsonRecord record, JsonField field)
    {
        ref RecordScratch.Slot slot = ref scratch.At(field);
        ReadOnlySpan<byte> raw = record.Raw(field);
        int mark = scratch.Mark();
        Span<byte> pair = stackalloc byte[PairLength];
        switch (slot.Token)
        {
            case JsonTokenType.String:
                Append(field, Form.Text, Unescaped(raw, slot.IsEscaped));
                break;
            case JsonTokenType.Number:
                DecimalNumber number = slot.IsPlainNumber
                    ? DecimalNumber.Of(slot.IsNegative, slot.Digits, slot.Exponent)
                    : DecimalNumber.Parse(raw);
                Append(field, number.IsCut ? Form.LongNumber : Form.Number, number.IsCut ? raw : Pair(number, pair));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                Tell(field, slot.Token == JsonTokenType.True);
                break;
            case JsonTokenType.Null:
                Append(field, Form.Null, default);
                break;
            default:
                Tell(field, TreeOf(raw));
                break;
        }

        scratch.Release(mark);
    }

    private void Append(JsonField field, Form form, ReadOnlySpan<byte> value)
    {
        int length = HeadLength + value.Length;
        Reserve(length);
        Span<byte> room = _canonical.AsSpan(_length);
        BinaryPrimitives.WriteUInt64LittleEndian(room, (ulong)field | ((ulong)form << 8) | ((ulong)value.Length << 32));
        value.CopyTo(room[HeadLength..]);
        _length += length;
    }

    private void Reserve(int length)
    {
        if (_canonical.Length - _length < length)
        {
            Array.Resize(ref _canonical, Math.Max(_length + length, _canonical.Length * 2));
        }
    }

    private ulong Unknown(in JsonRecord record, out ulong count)
    {
        ulong sum = 0;
        count = 0;
        var reader = new Utf8JsonReader(record.Line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (record.FieldOf(ref reader) != JsonField.Count)
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            sum += Member(ref reader, place: 0);
            count++;
        }

        return sum;
    }

    private ulong Value(ref Utf8JsonReader reader, ulong place)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Text(ref reader, place, Form.Text);
            case JsonTokenType.Number:
                var number = DecimalNumber.Parse(reader.ValueSpan);
                Span<byte> pair = stackalloc byte[PairLength];
                return number.IsCut
                    ? pseudonymizer.Content(reader.ValueSpan, place ^ (ulong)Form.LongNumber)
                    : pseudonymizer.Content(Pair(number, pair), place ^ (ulong)Form.Number);
            case JsonTokenType.StartObject:
                ulong sum = 0;
                ulong members = 0;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    sum += Member(ref reader, place);
                    members++;
                }

                return Hash(sum, members, place, Form.Object);
            case JsonTokenType.StartArray:
                ulong before = place;
                ulong count = 0;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    // Each element stands under what comes before it.
                    before = Value(ref reader, before);
                    count++;
                }

                return Hash(before, count, place, Form.Array);
            case JsonTokenType.True:
                return Hash(0, 0, place, Form.True);
            case JsonTokenType.False:
                return Hash(0, 0, place, Form.False);
            default:
                return Hash(0, 0, place, Form.Null);
        }
    }

    // The sum of an object's members does not depend on their order.
    private ulong Member(ref Utf8JsonReader reader, ulong place)
    {
        ulong name = Text(ref reader, place, Form.Name);
        reader.Read();
        return Value(ref reader, name);
    }

    private ulong Text(ref Utf8JsonReader reader, ulong place, Form form)
    {
        int mark = scratch.Mark();
        ulong hash = pseudonymizer.Content(Unescaped(reader.ValueSpan, reader.ValueIsEscaped), place ^ (ulong)form);
        scratch.Release(mark);
        return hash;
    }

    // A text with half a surrogate pair has no other spelling than its own.
    private ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> text, bool isEscaped) =>
        isEscaped && scratch.TryUnescape(text, out ReadOnlySpan<byte> unescaped) ? unescaped : text;

    private ulong Hash(ulong left, ulong right, ulong place, Form form)
    {
        Span<byte> pair = stackalloc byte[PairLength];
        return pseudonymizer.Content(Pair(left, right, pair), place ^ (ulong)form);
    }

    private static ReadOnlySpan<byte> Pair(DecimalNumber number, Span<byte> pair)
    {
        number = number.Normalized();
        return Pair(number.Digits, ((ulong)(uint)number.Exponent << 1) | (number.IsNegative ? 1UL : 0), pair);
    }

    private static ReadOnlySpan<byte> Pair(ulong left, ulong right, Span<byte> pair)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(pair, left);
        BinaryPrimitives.WriteUInt64LittleEndian(pair[8..], right);
        return pair;
    }
}
