using System.Text.Json;

namespace StreamSense.Ml.Features.Declarations;

/// <summary>An object of a declaration, whose members are taken one by one: what is left over is an error.</summary>
internal sealed class DeclarationNode
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Wraps a value that must be an object.</summary>
    /// <exception cref="FeatureSetException">It is none.</exception>
    public DeclarationNode(JsonElement element, string path)
    {
        _element = element;
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FeatureSetException(path.Length == 0 ? "features" : path, "an object was expected.");
        }
    }

    /// <summary>Whether there is a member.</summary>
    public bool Has(string name) => _element.TryGetProperty(name, out _);

    /// <summary>A text that must be there.</summary>
    public string Text(string name) => TextOrNull(name) ?? throw Wrong(name, "is missing.");

    /// <summary>A text.</summary>
    public string? TextOrNull(string name) => Take(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong(name, "a text was expected.");

    /// <summary>A number.</summary>
    public double Number(string name, double otherwise) => Take(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number
        : throw Wrong(name, "a number was expected.");

    /// <summary>A whole number.</summary>
    public int Whole(string name, int otherwise) => Take(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number
        : throw Wrong(name, "a whole number was expected.");

    /// <summary>Yes or no.</summary>
    public bool Flag(string name) => Take(name) is { } value
        && (value.ValueKind == JsonValueKind.True
            || (value.ValueKind == JsonValueKind.False ? false : throw Wrong(name, "true or false was expected.")));

    /// <summary>A duration that must be there.</summary>
    public TimeSpan Duration(string name) => DurationOrNull(name) ?? throw Wrong(name, "is missing.");

    /// <summary>A duration.</summary>
    public TimeSpan? DurationOrNull(string name) => TextOrNull(name) is not { } text ? null
        : DurationText.TryParse(text, out TimeSpan duration) ? duration
        : throw Wrong(name, $"'{text}' is no duration; one is written like 90s, 5m, 24h or 7d.");

    /// <summary>A member of an enumeration, or another one if it is not there.</summary>
    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum => TextOrNull(name) is { } text ? ChoiceOf<T>(name, text) : otherwise;

    /// <summary>A member of an enumeration that must be there.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum => ChoiceOf<T>(name, Text(name));

    /// <summary>An object, or null.</summary>
    public DeclarationNode? Child(string name) => Take(name) is { } value ? new DeclarationNode(value, PathOf(name)) : null;

    /// <summary>The objects of an array; none if it is not there.</summary>
    public IEnumerable<DeclarationNode> Children(string name) =>
        Elements(name).Select((element, index) => new DeclarationNode(element, $"{PathOf(name)}[{index}]"));

    /// <summary>The texts of an array; none if it is not there.</summary>
    public IEnumerable<string> Texts(string name) => Elements(name).Select(element =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong(name, "texts were expected."));

    /// <summary>A member that is wrong.</summary>
    public FeatureSetException Wrong(string name, string problem) => new(PathOf(name), problem);

    /// <summary>Refuses what was not taken.</summary>
    public void End()
    {
        foreach (JsonProperty member in _element.EnumerateObject())
        {
            if (!_taken.Contains(member.Name))
            {
                throw Wrong(member.Name, "there is no such member.");
            }
        }
    }

    private T ChoiceOf<T>(string name, string text)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (string.Equals(NameOf(value), text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        throw Wrong(name, $"'{text}' is none of {string.Join(", ", Enum.GetValues<T>().Select(NameOf))}.");
    }

    /// <summary>The name of a member of an enumeration.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private IEnumerable<JsonElement> Elements(string name) => Take(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray()
        : throw Wrong(name, "an array was expected.");

    private JsonElement? Take(string name)
    {
        _taken.Add(name);
        return _element.TryGetProperty(name, out JsonElement value) ? value : null;
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
