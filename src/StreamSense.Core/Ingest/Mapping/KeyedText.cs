namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Finds the value of a key in a text such as <c>a=1,b="2,3",c</c>.</summary>
/// <param name="Key">The key.</param>
/// <param name="Between">What stands between two pairs.</param>
/// <param name="Sign">What stands between key and value.</param>
internal sealed record KeyedText(byte[] Key, byte Between, byte Sign)
{
    /// <summary>The value, without quotes; <c>true</c> for a key that stands alone; empty if the key is not there.</summary>
    /// <remarks>Quotes protect the separator; escapes in quotes stay as they are.</remarks>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            ReadOnlySpan<byte> pair = text[..EndOf(text)];
            text = text[Math.Min(text.Length, pair.Length + 1)..];
            pair = pair.Trim((byte)' ');
            if (!pair.StartsWith(Key))
            {
                continue;
            }

            if (pair.Length == Key.Length)
            {
                return "true"u8;
            }

            if (pair[Key.Length] == Sign)
            {
                ReadOnlySpan<byte> value = pair[(Key.Length + 1)..];
                return value.Length >= 2 && value[0] == (byte)'"' && value[^1] == (byte)'"' ? value[1..^1] : value;
            }
        }

        return default;
    }

    private int EndOf(ReadOnlySpan<byte> text)
    {
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == (byte)'"';
            if (!isQuoted && text[i] == Between)
            {
                return i;
            }
        }

        return text.Length;
    }
}
