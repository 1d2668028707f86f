namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Room for the texts that one field is made of.</summary>
/// <remarks>
/// What was given out stays valid until <see cref="Clear"/>: a full block is left to those who hold it, and a larger one follows.
/// One thread at a time; allocates nothing once warm.
/// </remarks>
internal sealed class TextArena
{
    private byte[] _bytes = new byte[1024];
    private int _used;

    public void Clear() => _used = 0;

    public Span<byte> Rent(int size)
    {
        if (_bytes.Length - _used < size)
        {
            _bytes = new byte[Math.Max(_bytes.Length * 2, size)];
            _used = 0;
        }

        Span<byte> room = _bytes.AsSpan(_used, size);
        _used += size;
        return room;
    }

    public ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> text)
    {
        Span<byte> copy = Rent(text.Length);
        text.CopyTo(copy);
        return copy;
    }
}
