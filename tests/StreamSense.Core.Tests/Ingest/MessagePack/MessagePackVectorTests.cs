using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using StreamSense.Contracts;
using StreamSense.Core.Ingest.MessagePack;

namespace StreamSense.Core.Tests.Ingest.MessagePack;

public sealed class MessagePackVectorTests
{
    private const string File = "msgpack-vectors/msgpack-test-suite.json";

    [SkippableFact]
    public void Read_EveryVectorInEveryEncoding_GivesItsValue()
    {
        int values = 0;
        int encodings = 0;
        foreach (JsonElement vector in Vectors())
        {
            values++;
            foreach (JsonElement encoding in vector.GetProperty("msgpack").EnumerateArray())
            {
                encodings++;
                byte[] bytes = Convert.FromHexString(encoding.GetString()!.Replace("-", "", StringComparison.Ordinal));
                AssertReads(new MessagePackReader(bytes), bytes.Length, vector);
                AssertReads(new MessagePackReader(Segments.Of(bytes, 1)), bytes.Length, vector);
                for (int length = 0; length < bytes.Length; length++)
                {
                    var cut = new MessagePackReader(bytes.AsSpan(0, length));
                    Assert.False(cut.TrySkip());
                    Assert.Equal(0, cut.Consumed);
                }
            }
        }

        Assert.Equal(85, values);
        Assert.True(encodings > values * 2, $"{encodings} encodings");
    }

    [SkippableFact]
    public void Write_EveryVector_GivesTheShortestEncoding()
    {
        foreach (JsonElement vector in Vectors())
        {
            var output = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(output);
            Write(writer, ValueOf(vector));

            // Floats of 32 bits are left out: no JavaScript writes them.
            string[] encodings =
            [
                .. vector.GetProperty("msgpack").EnumerateArray()
                    .Select(encoding => encoding.GetString()!)
                    .Where(encoding => !encoding.StartsWith("ca-", StringComparison.Ordinal)),
            ];

            string written = Convert.ToHexStringLower(output.WrittenSpan);
            Assert.Contains(written, encodings.Select(encoding => encoding.Replace("-", "", StringComparison.Ordinal)));
            Assert.Equal(encodings.Min(encoding => (encoding.Length + 1) / 3), written.Length / 2);
        }
    }

    private static IEnumerable<JsonElement> Vectors()
    {
        string path = SharedData.Require(File);
        JsonElement root = JsonDocument.Parse(System.IO.File.ReadAllBytes(path)).RootElement;
        return root.EnumerateObject().SelectMany(group => group.Value.EnumerateArray());
    }

    private static JsonProperty ValueOf(JsonElement vector) =>
        vector.EnumerateObject().Where(member => member.Name != "msgpack").MinBy(member => member.Name == "bignum" ? 0 : 1);

    private static void AssertReads(MessagePackReader reader, int length, JsonElement vector)
    {
        MessagePackReader skipping = reader;
        Assert.True(skipping.TrySkip());
        Assert.Equal(length, skipping.Consumed);
        JsonProperty expected = ValueOf(vector);
        if (expected.Name == "bignum")
        {
            AssertWhole(ref reader, expected.Value.GetString()!);
        }
        else
        {
            AssertValue(ref reader, expected);
        }

        Assert.Equal(length, reader.Consumed);
        Assert.True(reader.IsEnd);
    }

    private static void AssertWhole(ref MessagePackReader reader, string expected)
    {
        if (reader.NextType == MessagePackType.Float)
        {
            Assert.True(reader.TryReadDouble(out double number));
            Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), number);
        }
        else if (expected[0] == '-')
        {
            Assert.True(reader.TryReadInt64(out long signed));
            Assert.Equal(expected, signed.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            Assert.True(reader.TryReadUInt64(out ulong whole));
            Assert.Equal(expected, whole.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void AssertValue(ref MessagePackReader reader, JsonProperty expected)
    {
        switch (expected.Name)
        {
            case "binary":
                Assert.True(reader.TryReadBinary(out ReadOnlySpan<byte> bytes));
                Assert.Equal(Bytes(expected.Value), bytes.ToArray());
                break;
            case "ext":
                Assert.True(reader.TryReadExtension(out sbyte type, out ReadOnlySpan<byte> data));
                Assert.Equal(expected.Value[0].GetInt32(), type);
                Assert.Equal(Bytes(expected.Value[1]), data.ToArray());
                break;
            case "timestamp":
                Assert.True(reader.TryReadTimestamp(out long seconds, out uint nanoseconds));
                Assert.Equal((expected.Value[0].GetInt64(), expected.Value[1].GetUInt32()), (seconds, nanoseconds));
                break;
            default:
                AssertPlain(ref reader, expected.Value);
                break;
        }
    }

    private static void AssertPlain(ref MessagePackReader reader, JsonElement expected)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                Assert.True(reader.TryReadNil());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Assert.True(reader.TryReadBoolean(out bool truth));
                Assert.Equal(expected.GetBoolean(), truth);
                break;
            case JsonValueKind.Number:
                bool isWhole = reader.TryReadInt64(out long whole);
                Assert.True(isWhole || (reader.TryReadDouble(out double fraction) && fraction == expected.GetDouble()));
                Assert.True(!isWhole || whole == expected.GetDouble());
                break;
            case JsonValueKind.String:
                Assert.True(reader.TryReadText(out ReadOnlySpan<byte> text));
                Assert.Equal(expected.GetString(), Encoding.UTF8.GetString(text));
                break;
            case JsonValueKind.Array:
                Assert.True(reader.TryReadArrayHeader(out int count));
                Assert.Equal(expected.GetArrayLength(), count);
                foreach (JsonElement element in expected.EnumerateArray())
                {
                    AssertPlain(ref reader, element);
                }

                break;
            default:
                Assert.True(reader.TryReadMapHeader(out int members));
                Assert.Equal(expected.EnumerateObject().Count(), members);
                foreach (JsonProperty member in expected.EnumerateObject())
                {
                    Assert.True(reader.TryReadText(out ReadOnlySpan<byte> name));
                    Assert.Equal(member.Name, Encoding.UTF8.GetString(name));
                    AssertPlain(ref reader, member.Value);
                }

                break;
        }
    }

    private static void Write(MessagePackWriter writer, JsonProperty value)
    {
        switch (value.Name)
        {
            case "binary":
                writer.WriteBinary(Bytes(value.Value));
                break;
            case "ext":
                writer.WriteExtension((sbyte)value.Value[0].GetInt32(), Bytes(value.Value[1]));
                break;
            case "timestamp":
                writer.WriteTimestamp(value.Value[0].GetInt64(), value.Value[1].GetUInt32());
                break;
            case "bignum" when value.Value.GetString()![0] == '-':
                writer.Write(long.Parse(value.Value.GetString()!, CultureInfo.InvariantCulture));
                break;
            case "bignum":
                writer.Write(ulong.Parse(value.Value.GetString()!, CultureInfo.InvariantCulture));
                break;
            default:
                WritePlain(writer, value.Value);
                break;
        }
    }

    private static void WritePlain(MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                writer.WriteNil();
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(value.GetBoolean());
                break;
            case JsonValueKind.Number:
                writer.Write(value.GetDouble());
                break;
            case JsonValueKind.String:
                writer.WriteText(Encoding.UTF8.GetBytes(value.GetString()!));
                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (JsonElement element in value.EnumerateArray())
                {
                    WritePlain(writer, element);
                }

                break;
            default:
                writer.WriteMapHeader(value.EnumerateObject().Count());
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    writer.WriteText(Encoding.UTF8.GetBytes(member.Name));
                    WritePlain(writer, member.Value);
                }

                break;
        }
    }

    private static byte[] Bytes(JsonElement hex) => Convert.FromHexString(hex.GetString()!.Replace("-", "", StringComparison.Ordinal));
}
