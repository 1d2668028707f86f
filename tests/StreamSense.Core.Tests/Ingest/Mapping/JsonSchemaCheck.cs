using System.Text.Json;
using System.Text.RegularExpressions;

namespace StreamSense.Core.Tests.Ingest.Mapping;

/// <summary>The part of JSON Schema 2020-12 that the schema of mappings uses; a keyword it does not know is an error.</summary>
internal sealed class JsonSchemaCheck(JsonElement root)
{
    private static readonly string[] _remarks = ["$schema", "$id", "$defs", "title", "description"];

    /// <summary>The first thing wrong with a value; null if nothing is.</summary>
    public string? Fault(JsonElement value, string path = "$") => Fault(root, value, path);

    private string? Fault(JsonElement schema, JsonElement value, string path)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!_remarks.Contains(keyword.Name) && Fault(schema, keyword, value, path) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? Fault(JsonElement schema, JsonProperty keyword, JsonElement value, string path)
    {
        JsonElement rule = keyword.Value;
        bool isText = value.ValueKind == JsonValueKind.String;
        bool isArray = value.ValueKind == JsonValueKind.Array;
        bool isObject = value.ValueKind == JsonValueKind.Object;
        bool isNumber = value.ValueKind == JsonValueKind.Number;
        string[] faults = keyword.Name switch
        {
            "$ref" => List(Fault(root.GetProperty("$defs").GetProperty(rule.GetString()!["#/$defs/".Length..]), value, path)),
            "type" => Unless(Names(rule).Any(type => Is(value, type))),
            "const" => Unless(JsonElement.DeepEquals(rule, value)),
            "enum" => Unless(rule.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value))),
            "anyOf" => Unless(rule.EnumerateArray().Any(choice => Fault(choice, value, path) is null)),
            "required" => Unless(!isObject || Names(rule).All(name => value.TryGetProperty(name, out _))),
            "properties" when isObject => [.. rule.EnumerateObject()
                .Where(member => value.TryGetProperty(member.Name, out _))
                .SelectMany(member => List(Fault(member.Value, value.GetProperty(member.Name), $"{path}.{member.Name}")))],
            "additionalProperties" when isObject => [.. value.EnumerateObject()
                .Where(member => !schema.TryGetProperty("properties", out JsonElement known) || !known.TryGetProperty(member.Name, out _))
                .SelectMany(member => rule.ValueKind == JsonValueKind.False
                    ? [$"{path}.{member.Name} is unknown"]
                    : List(Fault(rule, member.Value, $"{path}.{member.Name}")))],
            "items" when isArray => [.. value.EnumerateArray().SelectMany(element => List(Fault(rule, element, path + "[]")))],
            "properties" or "additionalProperties" or "items" => [],
            "minItems" => Unless(!isArray || value.GetArrayLength() >= rule.GetInt32()),
            "maxItems" => Unless(!isArray || value.GetArrayLength() <= rule.GetInt32()),
            "minLength" => Unless(!isText || value.GetString()!.Length >= rule.GetInt32()),
            "maxLength" => Unless(!isText || value.GetString()!.Length <= rule.GetInt32()),
            "minProperties" => Unless(!isObject || value.EnumerateObject().Count() >= rule.GetInt32()),
            "minimum" => Unless(!isNumber || value.GetDouble() >= rule.GetDouble()),
            "maximum" => Unless(!isNumber || value.GetDouble() <= rule.GetDouble()),
            "pattern" => Unless(!isText || Regex.IsMatch(value.GetString()!, rule.GetString()!)),
            _ => throw new InvalidOperationException($"This check does not know '{keyword.Name}'."),
        };
        return faults.FirstOrDefault();

        string[] Unless(bool isSo) => isSo ? [] : [$"{path} breaks {keyword.Name}"];
    }

    private static string[] List(string? fault) => fault is null ? [] : [fault];

    private static IEnumerable<string> Names(JsonElement rule) =>
        rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Select(name => name.GetString()!) : [rule.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => string.Equals(value.ValueKind.ToString(), type, StringComparison.OrdinalIgnoreCase),
    };
}
