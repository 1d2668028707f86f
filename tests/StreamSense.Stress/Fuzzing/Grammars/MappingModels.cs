using System.Text.Json.Nodes;

namespace StreamSense.Stress.Fuzzing.Grammars;

/// <summary>Reads from a mapping what records of its source look like: the paths it reads, and values that it knows there.</summary>
internal sealed class MappingModels
{
    private const string Digits = "\u0001\u0001\u0001";
    private readonly SortedDictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly JsonNode _source;

    public MappingModels(string mapping)
    {
        JsonNode document = JsonNode.Parse(mapping)!;
        _source = document["source"]!;
        Walk(document, isFields: false);
    }

    /// <summary>Writes inputs for the mapping, each of several records.</summary>
    public Action<FuzzRandom, FuzzText> Grammar() => _source["format"]!.GetValue<string>() is "json" ? Json() : Rows().Write;

    private Action<FuzzRandom, FuzzText> Json()
    {
        var random = new FuzzRandom(1);
        string[] models = [.. Enumerable.Range(0, 12).Select(_ => Record(random).ToJsonString())];
        if (_source["records"]?.GetValue<string>() is { } path)
        {
            models = [.. models.Chunk(3).Select(some => $"{{\"{path}\":[{string.Join(',', some)}]}}")];
        }

        return new JsonGrammar(models).Write;
    }

    private JsonObject Record(FuzzRandom random)
    {
        var record = new JsonObject();
        foreach ((string path, List<string> values) in _values)
        {
            string[] steps = path.Split('.', '[');
            JsonObject place = record;
            foreach (string step in steps[..^1])
            {
                if (place[step] is not JsonObject inner)
                {
                    inner = [];
                    place[step] = inner;
                }

                place = inner;
            }

            string value = random.Pick(values).Replace('\u0001', '7');
            bool isNumber = random.Once(2) && long.TryParse(value, out _);
            place[steps[^1].TrimEnd(']')] = isNumber ? JsonValue.Create(long.Parse(value)) : JsonValue.Create(value);
        }

        return record;
    }

    private RowGrammar Rows()
    {
        string[] columns = _source["columns"] is JsonArray given ? [.. given.Select(name => name!.GetValue<string>())] : [.. _values.Keys];
        return new RowGrammar(columns, _values.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal))
        {
            Delimiter = _source["delimiter"]?.GetValue<string>() ?? ",",
            Head = _source["header"]?.GetValue<bool>() is true ? "" : null,
            Quote = _source["quote"]?.GetValue<string>() ?? "\"",
            IsFree = _source["header"]?.GetValue<bool>() is true,
        };
    }

    private void Walk(JsonNode? node, bool isFields)
    {
        if (node is JsonArray elements)
        {
            foreach (JsonNode? element in elements)
            {
                Walk(element, isFields: false);
            }
        }
        else if (node is JsonObject members)
        {
            if (members["from"] is { } from)
            {
                foreach (JsonNode? path in from as IEnumerable<JsonNode?> ?? [from])
                {
                    Note(path, members);
                }
            }

            foreach ((string name, JsonNode? value) in members)
            {
                if (isFields)
                {
                    Note(value, []);
                }

                Walk(value, name is "fields");
            }
        }
    }

    private void Note(JsonNode? path, JsonObject reading)
    {
        if (path is not JsonValue text || !text.TryGetValue(out string? name) || name.Length == 0)
        {
            return;
        }

        if (!_values.TryGetValue(name, out List<string>? values))
        {
            values = ["1" + Digits, "word" + Digits];
            _values.Add(name, values);
        }

        foreach (JsonNode? known in reading["in"] as JsonArray ?? [])
        {
            values.Add(known!.ToString());
        }

        values.AddRange((reading["map"] as JsonObject ?? []).Select(pair => pair.Key));
        if (reading["equals"] is { } equal)
        {
            values.Add(equal.ToString());
        }

        if (reading["time"]?.ToString() is { } form)
        {
            values.RemoveAll(value => value.StartsWith("word", StringComparison.Ordinal));
            values.AddRange(form switch
            {
                "unix_s" => ["1772359" + Digits, "1772359200.5"],
                "unix_ms" => ["1772359200" + Digits],
                _ => ["2026-03-01T10:00:00Z", "2026-03-01", "20260301", "2026-03-01T10:00:00.123Z", "2026-03-01T10:00:00+0000", "19970115"],
            });
        }
    }
}
