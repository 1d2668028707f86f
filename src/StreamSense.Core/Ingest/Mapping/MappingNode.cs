using System.Globalization;
using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A value of a mapping file, which knows where it stands.</summary>
/// <remarks>Lives only while a mapping is loaded.</remarks>
internal sealed class MappingNode(MappingDocument document, MappingNode? parent, string name, JsonTokenType token, int offset)
{
    public JsonTokenType Token => token;

    /// <summary>Where the value begins in the file.</summary>
    public int Offset => offset;

    /// <summary>The member's name, or <c>[n]</c> in an array; empty for the root.</summary>
    public string Name => name;

    /// <summary>The text of a string, or the spelling of a number.</summary>
    public string Text { get; init; } = "";

    /// <summary>Members of an object, elements of an array.</summary>
    public List<MappingNode> Children { get; } = [];

    /// <summary>The length of the value in the file.</summary>
    public int Length { get; set; }

    public bool IsText => token == JsonTokenType.String;

    public bool IsObject => token == JsonTokenType.StartObject;

    public bool IsArray => token == JsonTokenType.StartArray;

    public bool IsNull => token == JsonTokenType.Null;

    /// <summary>The value as it is spelled in the file.</summary>
    public byte[] Raw => document.Slice(offset, Length);

    /// <summary>The way to the value: <c>events[0].fields.value</c>.</summary>
    public string Path
    {
        get
        {
            string above = parent?.Path ?? "";
            return above.Length == 0 || name.StartsWith('[') ? above + name : above + "." + name;
        }
    }

    public MappingException Error(string rule) => document.Error(this, rule);

    public MappingNode? Member(string member) => Children.Find(child => string.Equals(child.Name, member, StringComparison.Ordinal));

    public MappingNode Require(string member) => Member(member) ?? throw Error($"expected a member '{member}'");

    /// <summary>Refuses members that nobody would read.</summary>
    public void Know(params ReadOnlySpan<string> known)
    {
        if (!IsObject)
        {
            throw Error("expected an object");
        }

        foreach (MappingNode child in Children)
        {
            if (!known.Contains(child.Name))
            {
                throw child.Error($"there is no member '{child.Name}' here;{NearestName.Hint(child.Name, known)}");
            }
        }
    }

    public string AsText(bool canBeEmpty = false) =>
        IsText && (canBeEmpty || Text.Length > 0)
            ? Text
            : throw Error(canBeEmpty ? "expected a text" : "expected a text that is not empty");

    public string? TextOf(string member) => Member(member)?.AsText();

    public bool TruthOf(string member)
    {
        MappingNode? node = Member(member);
        return node?.Token switch
        {
            null or JsonTokenType.False => false,
            JsonTokenType.True => true,
            _ => throw node.Error("expected true or false"),
        };
    }

    public int WholeOf(string member, int most)
    {
        MappingNode? node = Member(member);
        if (node is null)
        {
            return 0;
        }

        return node.Token == JsonTokenType.Number
            && int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value <= most
            ? value
            : throw node.Error($"expected a whole number from 0 to {most}");
    }

    /// <summary>One of several words.</summary>
    public string AsOneOf(params ReadOnlySpan<string> words) =>
        IsText && words.Contains(Text)
            ? Text
            : throw Error($"found {Spelling()},{NearestName.Hint(Text, words)}");

    public byte[][] TextsOf(string member)
    {
        MappingNode? node = Member(member);
        return node switch
        {
            null => [],
            { IsText: true } => [Bytes(node.AsText(canBeEmpty: true))],
            { IsArray: true } => [.. node.Children.Select(child => Bytes(child.AsText(canBeEmpty: true)))],
            _ => throw node.Error("expected a text or an array of texts"),
        };
    }

    public string Spelling() => IsText ? $"\"{Text}\"" : token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Number => Text,
        _ => token.ToString().ToLowerInvariant(),
    };

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
