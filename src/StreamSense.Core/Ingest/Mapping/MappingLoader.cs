using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Compiles a mapping file.</summary>
internal static class MappingLoader
{
    private const int MaxEvents = 256;
    private const int MaxName = 64;

    /// <exception cref="MappingException">The mapping cannot be used.</exception>
    public static MappingProgram Load(MappingNode root, out string name)
    {
        root.Know(MappingMembers.Root);
        name = Name(root.Require("name"));
        MappingNode? version = root.Member("version");
        if (version is not null && version is not { Token: JsonTokenType.Number, Text: "1" })
        {
            throw version.Error("this release reads version 1");
        }

        SourceForm form = SourceLoader.Load(root.Require("source"));
        var slots = new SourceSlots(form);
        MappingNode? idSpace = root.Member("idSpace");
        var fields = new FieldLoader(slots, idSpace?.AsText() ?? "");
        var events = new EventLoader(slots, fields, root.Member("fields"));
        return new MappingProgram
        {
            Form = form,
            Slots = slots,
            Drops = [.. Elements(root.Member("drop"), "rules").Select(rule => Drop(rule, slots))],
            Events = [.. Elements(root.Require("events"), "events").Select(events.Load)],
            ExcludesTheRest = root.Member("otherwise")?.AsOneOf("reject", "exclude") is "exclude",
        };
    }

    private static string Name(MappingNode node)
    {
        string name = node.AsText();
        return name.Length <= MaxName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':')
            ? name
            : throw node.Error($"expected at most {MaxName} ASCII letters, digits, '-', '_', '.' and ':'");
    }

    private static List<MappingNode> Elements(MappingNode? node, string what)
    {
        if (node is null)
        {
            return [];
        }

        return node.IsArray && node.Children.Count is > 0 and <= MaxEvents
            ? node.Children
            : throw node.Error($"expected an array of 1 to {MaxEvents} {what}");
    }

    private static (string Rule, MappedCondition When) Drop(MappingNode node, SourceSlots slots)
    {
        node.Know(MappingMembers.Drop);
        return (node.Require("rule").AsText(), ConditionLoader.Load(node.Require("when"), slots));
    }
}
