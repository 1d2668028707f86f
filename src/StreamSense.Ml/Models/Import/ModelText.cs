namespace StreamSense.Ml.Models.Import;

/// <summary>Reads the file of a model into memory, up to a bound.</summary>
internal static class ModelText
{
    /// <summary>How large a file may be: 1 GiB.</summary>
    public const int MostBytes = 1 << 30;

    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream; left open.</param>
    /// <returns>The bytes, without a byte order mark.</returns>
    /// <exception cref="ModelFormatException">There are more than <see cref="MostBytes"/>.</exception>
    public static byte[] ReadToEnd(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var all = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int count = stream.Read(chunk); count > 0; count = stream.Read(chunk))
        {
            if (all.Length + count > MostBytes)
            {
                throw new ModelFormatException($"The model has more than {MostBytes} bytes.");
            }

            all.Write(chunk, 0, count);
        }

        return all.ToArray();
    }

    /// <summary>Leaves out a byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? text[3..] : text;
}
