namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>A value with its parameters, as it is spelled.</summary>
/// <param name="type">The type.</param>
/// <param name="raw">A number's or token's text, what stands between a text's quotes or a list's brackets; else empty.</param>
/// <param name="parameters">What follows the value: <c>;a;b=1</c>.</param>
/// <param name="isEscaped">Whether a text has backslashes to take out.</param>
internal readonly ref struct CmcdValue(CmcdType type, ReadOnlySpan<byte> raw, ReadOnlySpan<byte> parameters, bool isEscaped)
{
    public CmcdType Type { get; } = type;

    public ReadOnlySpan<byte> Raw { get; } = raw;

    public ReadOnlySpan<byte> Parameters { get; } = parameters;

    public bool IsEscaped { get; } = isEscaped;

    /// <summary>The key of the first parameter: the object type of a list's element.</summary>
    public ReadOnlySpan<byte> FirstParameter
    {
        get
        {
            if (Parameters.IsEmpty)
            {
                return default;
            }

            ReadOnlySpan<byte> key = Parameters[1..].TrimStart((byte)' ');
            int end = key.IndexOfAny("=; "u8);
            return end < 0 ? key : key[..end];
        }
    }

    /// <summary>Takes the backslashes out of a text.</summary>
    /// <param name="destination">At least as long as <see cref="Raw"/>.</param>
    public int Unescape(Span<byte> destination)
    {
        int length = 0;
        for (int i = 0; i < Raw.Length; i++)
        {
            if (Raw[i] == (byte)'\\' && i + 1 < Raw.Length)
            {
                i++;
            }

            destination[length++] = Raw[i];
        }

        return length;
    }
}
