using System.Text;
using System.Text.Json;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Evaluating;

/// <summary>What <c>--map</c> says of rating files: a mapping to events, or which column is what.</summary>
/// <param name="Path">The mapping, where it maps to events; else null.</param>
/// <param name="Columns">Which column is what.</param>
internal sealed record RatingMap(string? Path, RatingColumns Columns)
{
    private const string Known = "user, item, rating, time, separator, header";

    /// <summary>Reads a map.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <exception cref="InputException">It cannot be read or says something unknown.</exception>
    public static RatingMap Load(string? path)
    {
        if (path is null)
        {
            return new RatingMap(null, new RatingColumns());
        }

        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
        }

        ReadOnlySpan<byte> content = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? text.AsSpan(3) : text;
        if (content.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            return new RatingMap(null, OfLines(Encoding.UTF8.GetString(content), path));
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(
                content.ToArray(), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            JsonElement root = document.RootElement;
            return root.TryGetProperty("events", out _) || root.TryGetProperty("source", out _)
                ? new RatingMap(path, new RatingColumns())
                : new RatingMap(null, OfMembers(root, path));
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path} is not JSON: {exception.Message}", exception);
        }
    }

    private static RatingColumns OfMembers(JsonElement root, string path)
    {
        var columns = new RatingColumns();
        foreach (JsonProperty member in root.EnumerateObject())
        {
            string value = member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
            columns = With(columns, member.Name, value, path);
        }

        return columns;
    }

    private static RatingColumns OfLines(string text, string path)
    {
        var columns = new RatingColumns();
        foreach (string line in text.Split(['\n', '\r', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            int at = line.IndexOfAny(['=', ':']);
            if (line.TrimStart() is ['#', ..] or "")
            {
                continue;
            }

            if (at < 1)
            {
                throw new InputException($"{path}: '{line.Trim()}' is no name=value; names are {Known}");
            }

            columns = With(columns, line[..at], line[(at + 1)..], path);
        }

        return columns;
    }

    private static RatingColumns With(RatingColumns columns, string name, string value, string path)
    {
        string plain = value.Trim();
        return name.Trim().ToLowerInvariant() switch
        {
            "user" or "userid" or "viewer" => columns with { User = plain },
            "item" or "itemid" or "title" => columns with { Item = plain },
            "rating" or "value" => columns with { Rating = plain },
            "time" or "timestamp" => columns with { Time = plain },
            "separator" or "delimiter" or "sep" => columns with { Separator = SeparatorOf(value) },
            "header" => columns with
            {
                Header = bool.TryParse(plain, out bool header)
                    ? header : throw new InputException($"{path}: header is true or false, not '{plain}'"),
            },
            _ => throw new InputException($"{path}: '{name.Trim()}' is unknown; names are {Known}"),
        };
    }

    private static string? SeparatorOf(string value) => value.Trim() switch
    {
        "" => value.Contains('\t', StringComparison.Ordinal) ? "\t" : value.Length > 0 ? " " : null,
        "\\t" or "tab" => "\t",
        "comma" => ",",
        "space" => " ",
        { } other => other,
    };
}
