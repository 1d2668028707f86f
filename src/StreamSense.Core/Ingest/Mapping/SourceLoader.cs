using System.Text;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Loads what a mapping says of how its source is written.</summary>
internal static class SourceLoader
{
    private const int MaxSkip = 1_000_000;
    private const int MaxTexts = 64;

    /// <exception cref="MappingException">It cannot be so.</exception>
    public static SourceForm Load(MappingNode node)
    {
        if (!node.IsObject)
        {
            throw node.Error("expected an object");
        }

        string format = node.Require("format").AsOneOf("delimited", "json");
        return format is "json" ? LoadJson(node) : LoadDelimited(node);
    }

    private static SourceForm LoadJson(MappingNode node)
    {
        node.Know(MappingMembers.Json);
        JsonPathTree? records = null;
        MappingNode? path = node.Member("records");
        if (path is not null)
        {
            records = new JsonPathTree();
            try
            {
                records.Add(path.AsText(), 0);
            }
            catch (FormatException exception)
            {
                throw path.Error(exception.Message);
            }
        }

        return new SourceForm
        {
            IsJson = true,
            IsLines = node.Member("framing")?.AsOneOf("values", "lines") is "lines",
            Records = records,
            RecordsPath = path?.Text ?? "",
            Nulls = Texts(node, "null"),
            DecimalMark = Letter(node, "decimal", (byte)'.'),
        };
    }

    private static SourceForm LoadDelimited(MappingNode node)
    {
        node.Know(MappingMembers.Delimited);
        bool hasHeader = node.TruthOf("header");
        MappingNode? columns = node.Member("columns");
        if (hasHeader && columns is not null)
        {
            throw columns.Error("the header names the columns; where it is not to be trusted, skip it: \"skip\": 1 without \"header\"");
        }

        string delimiter = node.TextOf("delimiter") ?? ",";
        return new SourceForm
        {
            Delimiter = Encoding.UTF8.GetBytes(delimiter),
            Collapse = node.TruthOf("collapse"),
            Quote = Quote(node, delimiter),
            Multiline = node.TruthOf("multiline"),
            Header = hasHeader,
            Columns = columns is null ? [] : Columns(columns),
            Ragged = node.TruthOf("ragged"),
            Trim = node.TruthOf("trim"),
            Comment = Encoding.UTF8.GetBytes(node.TextOf("comment") ?? ""),
            Skip = node.WholeOf("skip", MaxSkip),
            Nulls = Texts(node, "null"),
            DecimalMark = Letter(node, "decimal", (byte)'.'),
        };
    }

    private static byte Quote(MappingNode node, string delimiter)
    {
        MappingNode? quote = node.Member("quote");
        if (quote is { IsText: true, Text: "" })
        {
            return 0;
        }

        byte letter = Letter(node, "quote", (byte)'"');
        return delimiter.StartsWith((char)letter) ? throw (quote ?? node).Error("quote and delimiter begin alike") : letter;
    }

    private static byte Letter(MappingNode node, string member, byte fallback)
    {
        MappingNode? letter = node.Member(member);
        return letter is null ? fallback
            : letter is { IsText: true, Text: [<= (char)127] } ? (byte)letter.Text[0]
            : throw letter.Error("expected a text of one ASCII character");
    }

    private static string[] Columns(MappingNode node)
    {
        if (!node.IsArray || node.Children.Count is 0 or > SlotRows.MaxColumns)
        {
            throw node.Error($"expected an array of 1 to {SlotRows.MaxColumns} names");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (MappingNode name in node.Children)
        {
            if (!names.Add(name.AsText()))
            {
                throw name.Error($"there are two columns '{name.Text}'");
            }
        }

        return [.. node.Children.Select(name => name.Text)];
    }

    private static byte[][] Texts(MappingNode node, string member)
    {
        byte[][] texts = node.TextsOf(member);
        return texts.Length > MaxTexts ? throw node.Member(member)!.Error($"expected at most {MaxTexts} texts") : texts;
    }
}
