using System.Text;
using System.Text.RegularExpressions;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Loads where a value comes from and how it is cut.</summary>
internal static class ReadingLoader
{
    private const int MaxAlternatives = 16;
    private const int MaxParts = 32;
    private const int MaxPattern = 1024;

    /// <summary>Loads a reference, or an object with one.</summary>
    /// <exception cref="MappingException">It cannot be so.</exception>
    public static ValueReading Load(MappingNode node, SourceSlots slots)
    {
        if (node.IsText)
        {
            int slot = slots.Place(node, node.AsText());
            return new ValueReading { Slots = [slot], Description = slots.Describe(slot) };
        }

        MappingNode? from = node.Member("from");
        MappingNode? text = node.Member("text");
        if (from is null == text is null)
        {
            throw node.Error(from is null ? "expected 'from', or 'text', or 'value'" : "expected either 'from' or 'text', not both");
        }

        int[] places = from is null ? [] : Places(from, slots);
        string? decode = node.Member("decode")?.AsOneOf("percent", "form");
        Regex? match = Pattern(node.Member("match"));
        return new ValueReading
        {
            Slots = places,
            Template = text is null ? null : Template(text, slots),
            IsPercentEncoded = decode is not null,
            IsForm = decode is "form",
            After = Encoding.UTF8.GetBytes(node.TextOf("after") ?? ""),
            Before = Encoding.UTF8.GetBytes(node.TextOf("before") ?? ""),
            Pair = Pair(node.Member("pair")),
            Match = match,
            Group = Group(node, match),
            Case = node.Member("case")?.AsOneOf("lower", "upper") switch { "lower" => -1, "upper" => 1, _ => 0 },
            Nulls = node.TextsOf("null"),
            Description = text is null ? string.Join(" or ", places.Select(slots.Describe)) : $"'{text.Text}'",
        };
    }

    /// <summary>Compiles a pattern that takes time in proportion to the text, whatever the text.</summary>
    public static Regex? Pattern(MappingNode? node)
    {
        if (node is null)
        {
            return null;
        }

        string pattern = node.AsText();
        if (pattern.Length > MaxPattern)
        {
            throw node.Error($"the pattern is longer than {MaxPattern} letters");
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException exception)
        {
            throw node.Error("this is no pattern: " + exception.Message);
        }
        catch (NotSupportedException exception)
        {
            throw node.Error("the pattern needs to go back in the text, which takes too long: " + exception.Message);
        }
    }

    private static int Group(MappingNode node, Regex? match)
    {
        MappingNode? group = node.Member("group");
        if (match is null)
        {
            return group is null ? 0 : throw group.Error("there is no 'match' of which it could be a group");
        }

        int[] numbers = match.GetGroupNumbers();
        int number = group is null ? Math.Min(1, numbers.Length - 1)
            : group.IsText ? match.GroupNumberFromName(group.Text)
            : node.WholeOf("group", 100);
        return numbers.Contains(number)
            ? number
            : throw group!.Error($"the pattern has no such group;{NearestName.Hint(group.Text, match.GetGroupNames())}");
    }

    private static KeyedText? Pair(MappingNode? node)
    {
        if (node is null)
        {
            return null;
        }

        node.Know(MappingMembers.Pair);
        return new KeyedText(
            Encoding.UTF8.GetBytes(node.Require("key").AsText()), Letter(node.Member("between"), ','), Letter(node.Member("sign"), '='));
    }

    private static byte Letter(MappingNode? node, char fallback) =>
        node is null ? (byte)fallback
        : node is { IsText: true, Text: [<= (char)127] } ? (byte)node.Text[0]
        : throw node.Error("expected a text of one ASCII character");

    private static int[] Places(MappingNode from, SourceSlots slots)
    {
        if (from.IsText)
        {
            return [slots.Place(from, from.AsText())];
        }

        return from.IsArray && from.Children.Count is > 0 and <= MaxAlternatives
            ? [.. from.Children.Select(name => slots.Place(name, name.AsText()))]
            : throw from.Error($"expected a {(slots.Form.IsJson ? "path" : "column")}, or an array of up to {MaxAlternatives}");
    }

    private static (byte[] Text, int Slot)[] Template(MappingNode node, SourceSlots slots)
    {
        string text = node.AsText();
        var parts = new List<(byte[], int)>();
        var literal = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            bool isBrace = letter is '{' or '}';
            if (isBrace && i + 1 < text.Length && text[i + 1] == letter)
            {
                literal.Append(letter);
                i++;
                continue;
            }

            int end = letter == '{' ? text.IndexOf('}', i) : -1;
            if (isBrace && end < 0)
            {
                throw node.Error($"the '{letter}' at {i + 1} has no counterpart; write it twice to mean itself");
            }

            if (!isBrace)
            {
                literal.Append(letter);
                continue;
            }

            parts.Add((Encoding.UTF8.GetBytes(literal.ToString()), slots.Place(node, text[(i + 1)..end])));
            literal.Clear();
            i = end;
        }

        parts.Add((Encoding.UTF8.GetBytes(literal.ToString()), -1));
        return parts.Count is 1 or > MaxParts ? throw node.Error($"expected 1 to {MaxParts - 1} names in braces") : [.. parts];
    }
}
