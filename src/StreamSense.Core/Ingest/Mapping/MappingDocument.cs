using System.Text;
using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A mapping file as a tree of values with their places.</summary>
internal sealed class MappingDocument
{
    /// <summary>The longest mapping file.</summary>
    public const int MaxBytes = 1024 * 1024;

    private readonly byte[] _bytes;
    private readonly string _file;

    private MappingDocument(byte[] bytes, string file)
    {
        _bytes = bytes;
        _file = file;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="MappingException">It is too long, no JSON, or names a member twice.</exception>
    public static MappingNode Parse(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new MappingException(file, 1, 1, "", $"the file is longer than {MaxBytes} bytes");
        }

        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var document = new MappingDocument(bytes.ToArray(), file);
        var reader = new Utf8JsonReader(document._bytes);
        try
        {
            reader.Read();
            MappingNode root = document.Read(ref reader, null, "");
            reader.Read();
            return root.IsObject ? root : throw root.Error("expected an object");
        }
        catch (JsonException exception)
        {
            // The reader counts from 0, and in bytes: a file without syntax has no better place.
            int line = (int)(exception.LineNumber ?? 0) + 1;
            int column = (int)(exception.BytePositionInLine ?? 0) + 1;
            throw new MappingException(file, line, column, "", "this is no JSON: " + Reason(exception));
        }
        catch (InvalidOperationException)
        {
            (int line, int column) = document.PlaceOf((int)reader.TokenStartIndex);
            throw new MappingException(file, line, column, "", "expected a text of whole characters in UTF-8");
        }
    }

    public byte[] Slice(int offset, int length) => _bytes[offset..(offset + length)];

    public MappingException Error(MappingNode node, string rule)
    {
        (int line, int column) = PlaceOf(node.Offset);
        return new MappingException(_file, line, column, node.Path, rule);
    }

    private static string Reason(JsonException exception)
    {
        int end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }

    private (int Line, int Column) PlaceOf(int offset)
    {
        ReadOnlySpan<byte> before = _bytes.AsSpan(0, offset);
        int start = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }

    private MappingNode Read(ref Utf8JsonReader reader, MappingNode? parent, string name)
    {
        int offset = (int)reader.TokenStartIndex;
        JsonTokenType token = reader.TokenType;
        string text = token switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => "",
        };
        var node = new MappingNode(this, parent, name, token, offset) { Text = text };
        if (token == JsonTokenType.StartObject)
        {
            ReadMembers(ref reader, node);
        }
        else if (token == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                node.Children.Add(Read(ref reader, node, $"[{node.Children.Count}]"));
            }
        }

        node.Length = (int)reader.BytesConsumed - offset;
        return node;
    }

    private void ReadMembers(ref Utf8JsonReader reader, MappingNode node)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            MappingNode child = Read(ref reader, node, name);
            if (!names.Add(name))
            {
                throw child.Error("the member stands twice");
            }

            node.Children.Add(child);
        }
    }
}
