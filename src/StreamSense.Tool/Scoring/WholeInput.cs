using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Scoring;

/// <summary>Reads an input into memory, up to a bound.</summary>
internal static class WholeInput
{
    private const int MostBytes = 1 << 30;

    /// <summary>Reads an input to its end.</summary>
    /// <exception cref="InputException">It cannot be read, or has more than 1 GiB.</exception>
    public static byte[] Read(InputFile input, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        input.ReadToEnd(
            chunk =>
            {
                if (all.Length + chunk.Length > MostBytes)
                {
                    throw new InputException($"{input.Name} has more than {MostBytes} bytes; split it");
                }

                all.Write(chunk);
            },
            damaged: null,
            cancellationToken);
        return all.ToArray();
    }
}
