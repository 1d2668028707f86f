using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.Json;

public sealed class JsonScannerTests
{
    private static readonly byte[] Telling = [.. "\"\\{}[]:,. \t0159-+eEtfnu\u00e9\0\n~"u8];

    [Fact]
    public void TryScan_LinesOfEveryKind_TakesThem()
    {
        var scratch = new RecordScratch();
        foreach (string line in EventLines.All)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            scratch.Begin(bytes.Length);

            Assert.True(JsonScanner.TryScan(bytes, scratch, out bool isAscii), line);
            AssertAgrees(bytes, scratch, isAscii);
        }
    }

    [Theory]
    [InlineData("""{"kind":"pause"}""")]
    [InlineData(""" { "kind" : "pause" , "x" : [ ] , "y" : { } } """)]
    [InlineData("""{"x":{"a":[1,-0.5e+3,"\u00e9\n",true,null,{"b":false}]},"kind":"pause"}""")]
    [InlineData("""{"message":"a text that goes on beyond one vector, and then \"some\" more"}""")]
    [InlineData("""{"playheadMs":123456789012345678,"bufferMs":1234567890123456789012}""")]
    [InlineData("{                            }")]
    public void TryScan_ValidRecord_IsReadAsADocumentReadsIt(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        var scratch = new RecordScratch();
        scratch.Begin(bytes.Length);

        Assert.True(JsonScanner.TryScan(bytes, scratch, out bool isAscii));
        AssertAgrees(bytes, scratch, isAscii);
    }

    [Fact]
    public void TryScan_MutatedLines_TakesOnlyWhatADocumentTakesToo()
    {
        var random = new Random(11);
        var scratch = new RecordScratch();
        byte[][] lines = [.. EventLines.All.Select(Encoding.UTF8.GetBytes)];
        int taken = 0;
        for (int round = 0; round < 60_000; round++)
        {
            byte[] line = Mutated(random, lines[random.Next(lines.Length)]);
            scratch.Begin(line.Length);
            if (JsonScanner.TryScan(line, scratch, out bool isAscii))
            {
                taken++;
                AssertAgrees(line, scratch, isAscii);
            }
        }

        Assert.InRange(taken, 5_000, 55_000);
    }

    private static byte[] Mutated(Random random, byte[] line)
    {
        List<byte> bytes = [.. line];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.Insert(at, Telling[random.Next(Telling.Length)]);
                    break;
                case 2:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at));
                    bytes.Add((byte)'}');
                    break;
                default:
                    bytes[at] = Telling[random.Next(Telling.Length)];
                    break;
            }
        }

        return [.. bytes];
    }

    private static void AssertAgrees(byte[] line, RecordScratch scratch, bool isAscii)
    {
        if (!Utf8.IsValid(line))
        {
            Assert.False(isAscii);
            return;
        }

        FieldSet seen = default;
        FieldSet present = default;
        bool hasUnknown = false;
        using JsonDocument document = JsonDocument.Parse(line);
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            JsonField field = JsonFieldNames.Find(Encoding.UTF8.GetBytes(member.Name));
            hasUnknown |= field == JsonField.Count;
            if (field == JsonField.Count)
            {
                continue;
            }

            Assert.False(seen.Contains(field), $"{field} stands twice");
            seen = seen.With(field);
            RecordScratch.Slot slot = scratch.Slots[(int)field];
            string raw = member.Value.GetRawText();
            bool isText = member.Value.ValueKind == JsonValueKind.String;
            present = member.Value.ValueKind == JsonValueKind.Null || raw == "\"\"" ? present : present.With(field);
            Assert.Equal(isText ? raw[1..^1] : raw, Encoding.UTF8.GetString(line, slot.Start, slot.Length));
            Assert.Equal(TokenOf(member.Value.ValueKind), slot.Token);
            Assert.Equal(isText && raw.Contains('\\', StringComparison.Ordinal), slot.IsEscaped);
            if (slot.IsPlainNumber)
            {
                Assert.Equal(
                    DecimalNumber.Parse(Encoding.UTF8.GetBytes(raw)),
                    DecimalNumber.Of(slot.IsNegative, slot.Digits, slot.Exponent));
            }
        }

        Assert.Equal((seen, present, hasUnknown), (scratch.Seen, scratch.Present, scratch.HasUnknown));
    }

    private static JsonTokenType TokenOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => JsonTokenType.StartObject,
        JsonValueKind.Array => JsonTokenType.StartArray,
        JsonValueKind.String => JsonTokenType.String,
        JsonValueKind.Number => JsonTokenType.Number,
        JsonValueKind.True => JsonTokenType.True,
        JsonValueKind.False => JsonTokenType.False,
        _ => JsonTokenType.Null,
    };
}
