namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>The directives in force, as text: what a line of an extended log needs before it to be read on its own.</summary>
/// <remarks>One thread at a time; allocates only while directives come.</remarks>
internal sealed class W3cDirectives
{
    private static readonly byte[][] _kept = ["#Software:"u8.ToArray(), "#Date:"u8.ToArray(), "#Fields:"u8.ToArray()];

    private readonly byte[]?[] _lines = new byte[_kept.Length][];
    private byte[] _text = [];

    /// <summary>The last one of each kind, a line each, without a line end after the last.</summary>
    public ReadOnlySpan<byte> Text => _text;

    public void Clear()
    {
        Array.Clear(_lines);
        _text = [];
    }

    public void Note(ReadOnlySpan<byte> directive)
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (directive.StartsWith(_kept[i]))
            {
                _lines[i] = directive.ToArray();
                _text = Joined();
                return;
            }
        }
    }

    private byte[] Joined()
    {
        using var text = new MemoryStream();
        foreach (byte[]? line in _lines)
        {
            if (line is not null)
            {
                text.Write(text.Length > 0 ? "\n"u8 : default);
                text.Write(line);
            }
        }

        return text.ToArray();
    }
}
