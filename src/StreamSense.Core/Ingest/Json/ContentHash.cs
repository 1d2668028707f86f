using System.Buffers.Binary;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Identifies a record by what it says: order of members, white space, escapes and spelling of numbers do not matter.</summary>
/// <remarks>
/// A value is hashed under the host's key and the hash of the name that it stands under, and the hashes of an object's members are added:
/// without the key nobody can make two records that say different things and hash alike. One thread at a time; allocates nothing.
/// </remarks>
internal sealed class ContentHash(Pseudonymizer pseudonymizer, RecordScratch scratch)
{
    private readonly ulong[] _names = NamesOf(pseudonymizer);

    private enum Form : ulong
    {
        Text = 1,
        Number = 2,
        LongNumber = 3,
        True = 4,
        False = 5,
        Null = 6,
        Array = 7,
        Object = 8,
        Name = 9,
    }

    /// <summary>The id of a record whose syntax has been checked.</summary>
    public EventId Of(in JsonRecord record)
    {
        ulong content = record.IsKnownThroughout ? Known(record) : Read(record.Line, place: 0);

        // 0 stands for "not given".
        return new EventId(Math.Max(1, content));
    }

    // Where the members stand is known, and their names are hashed.
    private ulong Known(in JsonRecord record)
    {
        ulong sum = 0;
        ulong count = 0;
        for (FieldSet rest = record.Seen; !rest.IsEmpty; count++)
        {
            JsonField field = rest.First();
            rest = rest.Except(FieldSet.Of(field));
            ref RecordScratch.Slot slot = ref scratch.Slots[(int)field];
            ulong name = _names[(int)field];
            sum += slot.Token switch
            {
                JsonTokenType.String => Text(record.Raw(field), slot.IsEscaped, name, Form.Text),
                JsonTokenType.Number when slot.IsPlainNumber =>
                    Number(DecimalNumber.Of(slot.IsNegative, slot.Digits, slot.Exponent), default, name),
                _ => Read(record.Raw(field), name),
            };
        }

        return Hash(sum, count, place: 0, Form.Object);
    }

    private ulong Read(ReadOnlySpan<byte> json, ulong place)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Value(ref reader, place);
    }

    private ulong Value(ref Utf8JsonReader reader, ulong place)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Text(reader.ValueSpan, reader.ValueIsEscaped, place, Form.Text);
            case JsonTokenType.Number:
                return Number(DecimalNumber.Parse(reader.ValueSpan), reader.ValueSpan, place);
            case JsonTokenType.StartObject:
                return Object(ref reader, place);
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

    private ulong Object(ref Utf8JsonReader reader, ulong place)
    {
        ulong sum = 0;
        ulong count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ulong name = Text(reader.ValueSpan, reader.ValueIsEscaped, place, Form.Name);
            reader.Read();
            sum += Value(ref reader, name);
            count++;
        }

        return Hash(sum, count, place, Form.Object);
    }

    private ulong Text(ReadOnlySpan<byte> text, bool isEscaped, ulong place, Form form)
    {
        int mark = scratch.Mark();

        // A text with half a surrogate pair has no other spelling than its own.
        if (isEscaped && scratch.TryUnescape(text, out ReadOnlySpan<byte> unescaped))
        {
            text = unescaped;
        }

        ulong hash = pseudonymizer.Content(text, place ^ (ulong)form);
        scratch.Release(mark);
        return hash;
    }

    private ulong Number(DecimalNumber number, ReadOnlySpan<byte> text, ulong place)
    {
        number = number.Normalized();
        return number.IsCut
            ? pseudonymizer.Content(text, place ^ (ulong)Form.LongNumber)
            : Hash(number.Digits, ((ulong)(uint)number.Exponent << 1) | (number.IsNegative ? 1UL : 0), place, Form.Number);
    }

    private ulong Hash(ulong left, ulong right, ulong place, Form form)
    {
        Span<byte> block = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(block, left);
        BinaryPrimitives.WriteUInt64LittleEndian(block[8..], right);
        return pseudonymizer.Content(block, place ^ (ulong)form);
    }

    private static ulong[] NamesOf(Pseudonymizer pseudonymizer)
    {
        var names = new ulong[(int)JsonField.Count];
        for (int field = 0; field < names.Length; field++)
        {
            names[field] = pseudonymizer.Content(JsonFieldNames.Utf8NameOf((JsonField)field), (ulong)Form.Name);
        }

        return names;
    }
}
