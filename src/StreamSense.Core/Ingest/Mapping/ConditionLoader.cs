using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Loads conditions.</summary>
internal static class ConditionLoader
{
    /// <exception cref="MappingException">It cannot be so.</exception>
    public static MappedCondition Load(MappingNode node, SourceSlots slots)
    {
        node.Know(MappingMembers.Condition);
        MappingNode? parts = node.Children.Find(child => child.Name is "all" or "any" or "not");
        if (parts is null)
        {
            return LoadTest(node, slots);
        }

        if (node.Children.Count > 1)
        {
            throw node.Error($"'{parts.Name}' stands alone in a condition");
        }

        if (parts.Name is "not")
        {
            return new MappedCondition { How = MappedCondition.Form.Not, Parts = [Load(parts, slots)] };
        }

        if (!parts.IsArray || parts.Children.Count == 0)
        {
            throw parts.Error("expected an array of conditions");
        }

        return new MappedCondition
        {
            How = parts.Name is "all" ? MappedCondition.Form.All : MappedCondition.Form.Any,
            Parts = [.. parts.Children.Select(part => Load(part, slots))],
        };
    }

    private static MappedCondition LoadTest(MappingNode node, SourceSlots slots)
    {
        if (!node.Children.Exists(child => MappingMembers.Tests.Contains(child.Name, StringComparer.Ordinal)))
        {
            throw node.Error("expected a test: one of " + string.Join(", ", MappingMembers.Tests));
        }

        MappingNode? exists = node.Member("exists");
        if (exists is not null && node.Children.Exists(child => child.Name is "equals" or "in" or "matches" or "atLeast" or "atMost"))
        {
            throw exists.Error("'exists' is the only test of a condition; the others hold only where there is a value");
        }

        return new MappedCondition
        {
            How = MappedCondition.Form.Test,
            Reading = ReadingLoader.Load(node, slots),
            Exists = exists is null ? null : node.TruthOf("exists"),
            In = Texts(node),
            Matches = ReadingLoader.Pattern(node.Member("matches")),
            AtLeast = Bound(node.Member("atLeast")) ?? double.NegativeInfinity,
            AtMost = Bound(node.Member("atMost")) ?? double.PositiveInfinity,
        };
    }

    private static byte[][]? Texts(MappingNode node)
    {
        MappingNode? equals = node.Member("equals");
        MappingNode? list = node.Member("in");
        if (equals is not null && list is not null)
        {
            throw list.Error("expected either 'equals' or 'in', not both");
        }

        if (list is { IsArray: false } or { Children.Count: 0 })
        {
            throw list.Error("expected an array of texts");
        }

        return equals is not null ? [Text(equals)] : list is not null ? [.. list.Children.Select(Text)] : null;
    }

    // Numbers and truth values are compared as the source spells them.
    private static byte[] Text(MappingNode node) => node.Token switch
    {
        JsonTokenType.String => Encoding.UTF8.GetBytes(node.AsText()),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => node.Raw,
        _ => throw node.Error("expected a text, a number, true or false"),
    };

    private static double? Bound(MappingNode? node) =>
        node is null ? null
        : node.Token == JsonTokenType.Number ? double.Parse(node.Text, CultureInfo.InvariantCulture)
        : throw node.Error("expected a number");
}
