using System.Text.Json;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Reads headers from one line with an object: JSON, or as players' consoles print one (<c>{CMCD-Request: 'su'}</c>).</summary>
internal static class CmcdHeaderObject
{
    /// <summary>Adds the members of an object to a block.</summary>
    /// <param name="line">The line; its first byte is a brace.</param>
    /// <param name="block">Takes them; keeps those that are CMCD's.</param>
    /// <returns>False if the line is no object.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, CmcdHeaderBlock block)
    {
        ReadOnlySpan<byte> inner = line[1..].TrimStart(" \t"u8);
        return !inner.IsEmpty && inner[0] == (byte)'"' ? TryReadJson(line, block) : TryReadDump(inner, block);
    }

    private static bool TryReadJson(ReadOnlySpan<byte> line, CmcdHeaderBlock block)
    {
        byte[] name = new byte[line.Length];
        byte[] value = new byte[line.Length];
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int nameLength = reader.CopyString(name);
                reader.Read();
                bool isArray = reader.TokenType == JsonTokenType.StartArray && reader.Read();
                while (reader.TokenType == JsonTokenType.String)
                {
                    block.AddField(name.AsSpan(0, nameLength), value.AsSpan(0, reader.CopyString(value)));
                    if (!isArray)
                    {
                        break;
                    }

                    reader.Read();
                }

                if (isArray && reader.TokenType != JsonTokenType.EndArray)
                {
                    return false;
                }

                reader.Skip();
            }

            bool isWhole = reader.TokenType == JsonTokenType.EndObject;
            return isWhole && !reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryReadDump(ReadOnlySpan<byte> rest, CmcdHeaderBlock block)
    {
        byte[] text = new byte[rest.Length];
        while (true)
        {
            rest = rest.TrimStart(" \t,"u8);
            if (rest.StartsWith("}"u8))
            {
                return rest[1..].Trim(" \t,;"u8).IsEmpty;
            }

            int colon = rest.IndexOf((byte)':');
            if (colon <= 0)
            {
                return false;
            }

            ReadOnlySpan<byte> name = rest[..colon].Trim(" \t'\"`"u8);
            rest = rest[(colon + 1)..].TrimStart(" \t"u8);
            if (rest.IsEmpty || rest[0] is not ((byte)'\'' or (byte)'"' or (byte)'`') || !TryTakeQuoted(ref rest, text, out int length))
            {
                return false;
            }

            block.AddField(name, text.AsSpan(0, length));
        }
    }

    // A backslash before itself or the quote is the console's; before anything else it belongs to the value.
    private static bool TryTakeQuoted(ref ReadOnlySpan<byte> rest, Span<byte> text, out int length)
    {
        byte quote = rest[0];
        length = 0;
        for (int i = 1; i < rest.Length; i++)
        {
            if (rest[i] == quote)
            {
                rest = rest[(i + 1)..];
                return true;
            }

            if (rest[i] == (byte)'\\' && i + 1 < rest.Length && (rest[i + 1] == quote || rest[i + 1] == (byte)'\\'))
            {
                i++;
            }

            text[length++] = rest[i];
        }

        return false;
    }
}
