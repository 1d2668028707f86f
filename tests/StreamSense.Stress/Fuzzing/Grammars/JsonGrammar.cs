using System.Text.Json.Nodes;

namespace StreamSense.Stress.Fuzzing.Grammars;

/// <summary>Writes JSON records after models: members dropped, doubled, moved, of other types, nested, spelled otherwise.</summary>
internal sealed class JsonGrammar
{
    private readonly JsonNode[] _models;
    private readonly string[] _names;
    private readonly string _between;

    /// <summary>Creates a grammar.</summary>
    /// <param name="models">Records that are right.</param>
    /// <param name="between">What stands between two records.</param>
    public JsonGrammar(IEnumerable<string> models, string between = "\n")
    {
        _models = [.. models.Select(model => JsonNode.Parse(model)!)];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonNode model in _models)
        {
            Collect(model, names);
        }

        _names = [.. names, "", "a\0", "kind "];
        _between = between;
    }

    /// <summary>Writes some records.</summary>
    public void Write(FuzzRandom random, FuzzText output)
    {
        int wildness = random.Pick([0, 40, 12, 4]);
        output.Add(random.Once(12) ? "\uFEFF" : "");
        for (int i = random.Once(20) ? random.Below(200) : random.Below(6); i >= 0; i--)
        {
            WriteRecord(random, output, wildness);
            output.Add(random.Once(10) ? random.Pick(["\r\n", "\n\n", " \n", "", ",", "\n \t\r\n"]) : _between);
        }
    }

    /// <summary>Writes one record.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="output">Takes it.</param>
    /// <param name="wildness">Once in so many places something is wrong; 0 for never.</param>
    public void WriteRecord(FuzzRandom random, FuzzText output, int wildness) =>
        WriteValue(random, random.Pick(_models), output, wildness, depth: 0);

    private void WriteValue(FuzzRandom random, JsonNode? node, FuzzText output, int wildness, int depth)
    {
        if (wildness > 0 && depth > 0 && random.Once(wildness))
        {
            WriteWild(random, output, depth);
            return;
        }

        switch (node)
        {
            case JsonObject members:
                WriteMembers(random, members, output, wildness, depth);
                break;
            case JsonArray elements:
                output.Add("[");
                for (int i = 0; i < elements.Count; i++)
                {
                    output.Add(i > 0 ? "," : "");
                    WriteValue(random, elements[i], output, wildness, depth + 1);
                }

                output.Add("]");
                break;
            default:
                output.Add(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private void WriteMembers(FuzzRandom random, JsonObject members, FuzzText output, int wildness, int depth)
    {
        List<KeyValuePair<string, JsonNode?>> list = [.. members];
        for (int i = 0; wildness > 0 && list.Count > 0 && i < list.Count; i++)
        {
            if (!random.Once(wildness * 2))
            {
                continue;
            }

            int other = random.Below(list.Count);
            switch (random.Below(5))
            {
                case 0:
                    list.RemoveAt(other);
                    break;
                case 1:
                    list.Insert(other, list[i]);
                    break;
                case 2:
                    (list[i], list[other]) = (list[other], list[i]);
                    break;
                case 3:
                    list[i] = new(random.Pick(_names), list[other].Value);
                    break;
                default:
                    list.Insert(other, new(random.Pick(_names), null));
                    break;
            }
        }

        string blank = wildness > 0 && random.Once(4) ? random.Pick([" ", "\t", "  ", "\r"]) : "";
        output.Add("{").Add(blank);
        for (int i = 0; i < list.Count; i++)
        {
            output.Add(i > 0 ? "," : "").Add(blank);
            WriteName(random, list[i].Key, output, wildness);
            output.Add(blank).Add(":").Add(blank);
            WriteValue(random, list[i].Value, output, wildness, depth + 1);
        }

        output.Add(blank).Add(wildness > 0 && random.Once(wildness * 8) ? random.Pick([",}", "", "}}", "]", "}x"]) : "}");
    }

    private static void WriteName(FuzzRandom random, string name, FuzzText output, int wildness)
    {
        output.Add("\"");
        if (wildness > 0 && name.Length > 0 && random.Once(wildness * 4))
        {
            int at = random.Below(name.Length);
            output.Add(name[..at]).Add($"\\u{(int)name[at]:x4}").Add(name[(at + 1)..]);
        }
        else
        {
            output.Add(JsonValue.Create(name)!.ToJsonString()[1..^1]);
        }

        output.Add("\"");
    }

    private void WriteWild(FuzzRandom random, FuzzText output, int depth)
    {
        switch (random.Below(10))
        {
            case 0 or 1 or 2:
                output.Add(WildValues.Number(random));
                break;
            case 3 or 4 or 5:
                output.Add("\"").Add(WildValues.JsonText(random)).Add("\"");
                break;
            case 6:
                output.Add(random.Pick(["null", "true", "false", "nul", "", "[]", "{}", "[", "{", "[null]", "{\"\":{}}", "[[]]", "True"]));
                break;
            case 7:
                string name = random.Pick(_names);
                int levels = random.Once(10) ? 2000 : random.Below(40);
                string opening = random.Once(2) ? "[" : $"{{{JsonValue.Create(name)!.ToJsonString()}:";
                output.Add(string.Concat(Enumerable.Repeat(opening, levels))).Add("1");
                output.Add(new string(opening is "[" ? ']' : '}', random.Once(6) ? levels / 2 : levels));
                break;
            case 8:
                int count = random.Once(20) ? 3000 : random.Below(80);
                output.Add("[").Add(string.Join(',', Enumerable.Range(0, count).Select(_ => random.Once(2) ? "1" : "\"a\""))).Add("]");
                break;
            default:
                WriteValue(random, random.Pick(_models), output, depth < 3 ? 10 : 0, depth + 1);
                break;
        }
    }

    private static void Collect(JsonNode? node, HashSet<string> names)
    {
        if (node is JsonObject members)
        {
            foreach ((string name, JsonNode? value) in members)
            {
                names.Add(name);
                Collect(value, names);
            }
        }
        else if (node is JsonArray elements)
        {
            foreach (JsonNode? element in elements)
            {
                Collect(element, names);
            }
        }
    }
}
