using System.Text.Json;

namespace StreamSense.Tool.Tests.Decoding;

/// <summary>The published examples, form by form, and lines that real players wrote.</summary>
public sealed class DecodeVectorTests
{
    // What the v1 validator complains of and a decoder cannot know: what its user had configured.
    private static readonly string[] _configuration = ["unknown-specific-key", "specific-keys-not-sent", "invalid-header"];

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Decode_PublishedVectors_GivesTheExpectedKeys(bool strict)
    {
        var inputs = new Dictionary<string, List<(string Id, string Text, JsonElement Expected)>>(StringComparer.Ordinal)
        {
            ["cmcd-query"] = [], ["cmcd-headers"] = [], ["cmcd-events"] = [],
        };
        foreach (JsonElement vector in CmcdVectors.All())
        {
            // Conversion to version 2 is no decoding: CmcdEncoder.Upgrade has tests of its own.
            if (vector.GetProperty("mode").GetString() is not "up-convert-to-v2")
            {
                Collect(vector, inputs);
            }
        }

        Assert.True(inputs.Values.Sum(list => list.Count) > 100);
        foreach ((string format, List<(string Id, string Text, JsonElement Expected)> list) in inputs)
        {
            List<JsonElement> read = await CmcdVectors.DecodeAsync(format, string.Join('\n', list.Select(one => one.Text)), strict);
            Assert.Equal(list.Count, read.Count);
            foreach ((JsonElement found, (string id, string _, JsonElement expected)) in read.Zip(list))
            {
                AssertSame(id, expected, found);
            }
        }
    }

    [SkippableFact]
    public async Task Decode_VectorsWithIssues_WarnsOfTheSameKeys()
    {
        int issues = 0;
        foreach (JsonElement vector in CmcdVectors.All().Where(vector => vector.TryGetProperty("expectedIssues", out _)))
        {
            bool isBody = vector.TryGetProperty("body", out JsonElement body);
            string input = isBody ? body.GetString()! : Block(vector.GetProperty("headers"));
            List<JsonElement> read = await CmcdVectors.DecodeAsync(isBody ? "cmcd-events" : "cmcd-headers", input);
            string[] warnings = [.. read.SelectMany(Warnings)];
            foreach (JsonElement issue in vector.GetProperty("expectedIssues").EnumerateArray())
            {
                // An issue without a key is about the body as a whole (empty lines between records), which a reader lets pass.
                if (issue.TryGetProperty("key", out JsonElement key))
                {
                    issues++;
                    Assert.Contains(warnings, warning => warning.StartsWith(key.GetString() + ":", StringComparison.Ordinal));
                }
            }
        }

        Assert.True(issues > 0);
    }

    [SkippableTheory]
    [InlineData("query", "cmcd-query")]
    [InlineData("header", "cmcd-headers")]
    public async Task Decode_CasesOfTheVersion1Validator_WarnsOrRefusesWhereItComplains(string member, string format)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(CmcdVectors.Find("cmcd-v1-validation-cases.json")));
        JsonElement[] cases = [.. document.RootElement.EnumerateArray().Where(one => one.TryGetProperty(member, out _))];
        string input = string.Join("\n\n", cases.Select(one => one.GetProperty(member).GetString()));
        List<JsonElement> read = await CmcdVectors.DecodeAsync(format, input, strict: true);

        Assert.Equal(cases.Length, read.Count);
        int complaints = 0;
        foreach ((JsonElement one, JsonElement found) in cases.Zip(read))
        {
            JsonElement output = one.GetProperty("output");
            JsonElement[] expected = [.. output.GetProperty("errors").EnumerateArray(), .. output.GetProperty("warnings").EnumerateArray()];
            expected = [.. expected.Where(complaint => !_configuration.Contains(complaint.GetProperty("type").GetString()))];
            string id = $"{one.GetProperty("id").GetString()}: {found.GetRawText()}";
            complaints += expected.Length;
            if (expected.Length > 0)
            {
                Assert.True(found.TryGetProperty("rejected", out _) || Warnings(found).Any(), id);
            }
            else if (!one.TryGetProperty("config", out _))
            {
                // With a configuration the validator looks at some keys only.
                Assert.False(Warnings(found).Any(), id);
                AssertSame(id, output.GetProperty("parsedData"), found);
            }
        }

        Assert.True(complaints > 10);
    }

    [SkippableTheory]
    [InlineData("cmcd-bitmovin-url.expected.jsonl", "lenient", false)]
    [InlineData("cmcd-bitmovin-url.expected.jsonl", "strict", true)]
    [InlineData("cmcd-data-samples-queries.expected.jsonl", "expected", false)]
    public async Task Decode_LinesOfPlayers_GivesEveryLineAsExpected(string file, string member, bool strict)
    {
        JsonElement[] lines = [.. File.ReadLines(CmcdVectors.Find(Path.Combine("player-logs", file)))
            .Select(line => JsonDocument.Parse(line).RootElement)];
        List<JsonElement> read = await CmcdVectors.DecodeAsync(
            "cmcd-query", string.Join('\n', lines.Select(line => line.GetProperty("line").GetString())), strict);

        Assert.Equal(lines.Length, read.Count);
        for (int i = 0; i < lines.Length; i++)
        {
            AssertSame($"line {i + 1}", lines[i].GetProperty(member), read[i]);
        }
    }

    private static void Collect(JsonElement vector, Dictionary<string, List<(string Id, string Text, JsonElement Expected)>> inputs)
    {
        string id = vector.GetProperty("id").GetString()!;
        JsonElement expected = vector.TryGetProperty("expected", out JsonElement keys) ? keys : vector.GetProperty("referenceResult");
        foreach (string member in new[] { "raw", "query", "url" })
        {
            // An empty line is no record.
            if (vector.TryGetProperty(member, out JsonElement text) && text.GetString() is { Length: > 0 } line)
            {
                inputs["cmcd-query"].Add((id, line, expected));
            }
        }

        if (vector.TryGetProperty("headers", out JsonElement headers))
        {
            string dump = string.Join(", ", headers.EnumerateObject().Select(header => $"{header.Name}: '{header.Value.GetString()}'"));
            inputs["cmcd-headers"].Add((id, Block(headers), expected));
            inputs["cmcd-headers"].Add((id, JsonSerializer.Serialize(headers), expected));
            inputs["cmcd-headers"].Add((id, $"{{{dump}}}", expected));
        }

        if (vector.TryGetProperty("body", out JsonElement body))
        {
            string[] records = body.GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            inputs["cmcd-events"].AddRange(records.Select((record, i) => (id, record, expected[i])));
        }
        else if (vector.TryGetProperty("raw", out JsonElement raw) && raw.GetString()!.Length > 0)
        {
            inputs["cmcd-events"].Add((id, raw.GetString()!, expected));
        }
    }

    private static string Block(JsonElement headers) =>
        string.Join('\n', headers.EnumerateObject().Select(header => $"{header.Name}: {header.Value.GetString()}")) + "\n";

    private static IEnumerable<string> Warnings(JsonElement found) => found.TryGetProperty("warnings", out JsonElement warnings)
        ? warnings.EnumerateArray().Select(warning => warning.GetString()!)
        : [];

    private static void AssertSame(string id, JsonElement expected, JsonElement found)
    {
        bool isRead = found.TryGetProperty("keys", out JsonElement keys);
        bool isSame = expected.ValueKind == JsonValueKind.Null ? !isRead : isRead && JsonElement.DeepEquals(expected, keys);
        Assert.True(isSame, $"{id}: expected {expected.GetRawText()}, found {found.GetRawText()}");
    }
}
