using System.Buffers.Binary;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Identifies a record by what it says: order of members, white space, escapes and spelling of numbers do not matter.</summary>
/// <remarks>
/// Each member is hashed under the host's key and the hashes of an object are added: without the key nobody can make two records
/// that say different things and hash alike. Allocates nothing.
/// </remarks>
internal static class ContentHash
{
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
        Member = 9,
    }

    /// <summary>The id of a record whose syntax has been checked.</summary>
    public static EventId Of(ReadOnlySpan<byte> line, Pseudonymizer pseudonymizer, RecordScratch scratch)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        return new EventId(Value(ref reader, pseudonymizer, scratch));
    }

    private static ulong Value(ref Utf8JsonReader reader, Pseudonymizer pseudonymizer, RecordScratch scratch)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Text(ref reader, pseudonymizer, scratch);
            case JsonTokenType.Number:
                return Number(reader.ValueSpan, pseudonymizer);
            case JsonTokenType.StartObject:
                return Object(ref reader, pseudonymizer, scratch);
            case JsonTokenType.StartArray:
                ulong elements = 0;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    elements = Mix(pseudonymizer, Form.Array, elements, Value(ref reader, pseudonymizer, scratch));
                }

                return Mix(pseudonymizer, Form.Array, elements, ulong.MaxValue);
            case JsonTokenType.True:
                return Mix(pseudonymizer, Form.True, 0, 0);
            case JsonTokenType.False:
                return Mix(pseudonymizer, Form.False, 0, 0);
            default:
                return Mix(pseudonymizer, Form.Null, 0, 0);
        }
    }

    private static ulong Object(ref Utf8JsonReader reader, Pseudonymizer pseudonymizer, RecordScratch scratch)
    {
        ulong sum = 0;
        ulong count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ulong name = Text(ref reader, pseudonymizer, scratch);
            reader.Read();
            sum += Mix(pseudonymizer, Form.Member, name, Value(ref reader, pseudonymizer, scratch));
            count++;
        }

        return Mix(pseudonymizer, Form.Object, sum, count);
    }

    private static ulong Text(ref Utf8JsonReader reader, Pseudonymizer pseudonymizer, RecordScratch scratch)
    {
        int mark = scratch.Mark();
        ReadOnlySpan<byte> text = reader.ValueSpan;

        // A text with half a surrogate pair has no other spelling than its own.
        if (reader.ValueIsEscaped && scratch.TryUnescape(text, out ReadOnlySpan<byte> unescaped))
        {
            text = unescaped;
        }

        ulong hash = Mix(pseudonymizer, Form.Text, pseudonymizer.EventFromContent(text).Value, (ulong)text.Length);
        scratch.Release(mark);
        return hash;
    }

    private static ulong Number(ReadOnlySpan<byte> text, Pseudonymizer pseudonymizer)
    {
        DecimalNumber number = DecimalNumber.Parse(text).Normalized();
        return number.IsCut
            ? Mix(pseudonymizer, Form.LongNumber, pseudonymizer.EventFromContent(text).Value, 0)
            : Mix(pseudonymizer, Form.Number, number.Digits, ((ulong)(uint)number.Exponent << 1) | (number.IsNegative ? 1UL : 0));
    }

    private static ulong Mix(Pseudonymizer pseudonymizer, Form form, ulong left, ulong right)
    {
        Span<byte> block = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(block, (ulong)form);
        BinaryPrimitives.WriteUInt64LittleEndian(block[8..], left);
        BinaryPrimitives.WriteUInt64LittleEndian(block[16..], right);
        return pseudonymizer.EventFromContent(block).Value;
    }
}
