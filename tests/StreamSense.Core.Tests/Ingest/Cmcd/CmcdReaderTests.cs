using System.Globalization;
using System.Text;
using System.Text.Json;
using StreamSense.Contracts;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

public sealed class CmcdReaderTests
{
    [SkippableFact]
    public void TryReadMember_PublishedVectors_GiveTheExpectedDictionaries()
    {
        string file = SharedData.Require("cmcd-vectors/cmcd-vectors.json");
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(file));
        int compared = 0;
        foreach (JsonElement vector in vectors.RootElement.GetProperty("vectors").EnumerateArray())
        {
            string? mode = vector.GetProperty("mode").GetString();
            if (mode is not ("event-body" or "validate-events" or "value" or "request" or "malformed"))
            {
                continue;
            }

            JsonElement expected = mode == "malformed" ? vector.GetProperty("referenceResult") : vector.GetProperty("expected");
            string body = (vector.TryGetProperty("body", out JsonElement text) ? text : vector.GetProperty("raw")).GetString()!;
            string id = vector.GetProperty("id").GetString()!;
            string[] lines = [.. body.Split('\n').Where(line => line.Trim().Length > 0)];
            if (expected.ValueKind == JsonValueKind.Array)
            {
                Assert.Equal(expected.GetArrayLength(), lines.Length);
                for (int i = 0; i < lines.Length; i++)
                {
                    AssertSame(id, expected[i], Read(lines[i]));
                }
            }
            else
            {
                AssertSame(id, expected, Read(body));
            }

            compared++;
        }

        Assert.True(compared >= 40, $"only {compared} vectors were compared");
    }

    [SkippableFact]
    public void TryReadMember_LinesOfRealPlayers_GiveTheLenientReading()
    {
        string file = SharedData.Require("cmcd-vectors/player-logs/cmcd-bitmovin-url.expected.jsonl");
        int lines = 0;
        foreach (string line in File.ReadLines(file))
        {
            using var vector = JsonDocument.Parse(line);
            string query = vector.RootElement.GetProperty("line").GetString()!;
            string record = Uri.UnescapeDataString(query[(query.IndexOf("CMCD=", StringComparison.Ordinal) + 5)..]);
            AssertSame(record, vector.RootElement.GetProperty("lenient"), Read(record));
            lines++;
        }

        Assert.True(lines > 300);
    }

    [Fact]
    public void TryReadMember_AnyBytes_Ends()
    {
        var random = new Random(11);
        byte[] seed = Encoding.UTF8.GetBytes("bl=(6000;v 1;a),cid=\"co\\\"n\",e=t,pr=1.5,su,bg=?0,x=:aGk=:,ts=1764752430000;p=\"q\",v=2");
        for (int round = 0; round < 20_000; round++)
        {
            byte[] record = [.. seed];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                record[random.Next(record.Length)] = (byte)random.Next(256);
            }

            var reader = new CmcdReader(record.AsSpan(0, random.Next(record.Length + 1)));
            int members = 0;
            while (reader.TryReadMember(out _, out CmcdValue value))
            {
                members++;
                var elements = new CmcdReader(value.Type == CmcdType.List ? value.Raw : default);
                while (elements.TryReadElement(out CmcdValue element))
                {
                    _ = element.FirstParameter;
                    members++;
                }
            }

            Assert.True(members <= record.Length);
        }
    }

    private static Dictionary<string, string>? Read(string record)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new CmcdReader(Encoding.UTF8.GetBytes(record));
        while (reader.TryReadMember(out ReadOnlySpan<byte> key, out CmcdValue value))
        {
            members[Encoding.UTF8.GetString(key)] = Write(value);
        }

        return reader.IsMalformed ? null : members;
    }

    private static void AssertSame(string id, JsonElement expected, Dictionary<string, string>? found)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.True(found is null, id);
            return;
        }

        Assert.True(found is not null, id);
        var members = expected.EnumerateObject().ToDictionary(member => member.Name, member => Write(member.Value), StringComparer.Ordinal);
        Assert.Equal(
            members.OrderBy(member => member.Key, StringComparer.Ordinal), found!.OrderBy(member => member.Key, StringComparer.Ordinal));
    }

    private static string Write(CmcdValue value)
    {
        switch (value.Type)
        {
            case CmcdType.Truth:
                return "true";
            case CmcdType.Falsehood:
                return "false";
            case CmcdType.Number:
                double number = double.Parse(Encoding.UTF8.GetString(value.Raw), CultureInfo.InvariantCulture);
                return number.ToString("R", CultureInfo.InvariantCulture);
            case CmcdType.List:
                var elements = new List<string>();
                var reader = new CmcdReader(value.Raw);
                while (reader.TryReadElement(out CmcdValue element))
                {
                    string parameter = Encoding.UTF8.GetString(element.FirstParameter);
                    elements.Add(Write(element) + (parameter.Length == 0 ? "" : ";" + parameter));
                }

                return "(" + string.Join(' ', elements) + ")";
            default:
                byte[] text = new byte[value.Raw.Length];
                return "'" + Encoding.UTF8.GetString(text, 0, value.Unescape(text));
        }
    }

    private static string Write(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                return "true";
            case JsonValueKind.False:
                return "false";
            case JsonValueKind.Number:
                return value.GetDouble().ToString("R", CultureInfo.InvariantCulture);
            case JsonValueKind.Array:
                return "(" + string.Join(' ', value.EnumerateArray().Select(Write)) + ")";
            case JsonValueKind.Object:
                string inner = Write(value.GetProperty("value"));
                string? parameter = value.GetProperty("params").EnumerateObject().Select(member => member.Name).FirstOrDefault();

                // The reader leaves the parameters of a member that is no element alone.
                return parameter is null or "p" && !inner.StartsWith("'bar", StringComparison.Ordinal) ? inner : inner + ";" + parameter;
            default:
                return "'" + value.GetString();
        }
    }
}
