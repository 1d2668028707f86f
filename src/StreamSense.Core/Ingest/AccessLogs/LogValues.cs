namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>The values of one line, by field.</summary>
/// <remarks>Values are copied, so that they may be decoded on the way. One thread at a time; allocates nothing once warm.</remarks>
internal sealed class LogValues
{
    private readonly (int Start, int Length)[] _slots = new (int, int)[(int)LogField.Count];
    private byte[] _text = new byte[4096];
    private int _used;

    /// <summary>The value of a field; empty if it has none.</summary>
    public ReadOnlySpan<byte> this[LogField field] => _text.AsSpan(_slots[(int)field].Start, _slots[(int)field].Length);

    public void Clear()
    {
        Array.Clear(_slots);
        _used = 0;
    }

    /// <summary>Notes a value; the first of a field counts, and <c>-</c> is none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    /// <param name="style">How it is spelled.</param>
    public void Set(LogField field, ReadOnlySpan<byte> value, TextStyle style = TextStyle.Plain)
    {
        ref (int Start, int Length) slot = ref _slots[(int)field];
        if (field == LogField.None || slot.Length > 0 || value.IsEmpty || value.SequenceEqual("-"u8))
        {
            return;
        }

        Span<byte> room = Room(value.Length);
        slot = (_used, LogText.Decode(value, style, room));
        _used += slot.Length;
    }

    /// <summary>Decodes a value once more; the result lives as long as the line's values.</summary>
    public ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> value, TextStyle style)
    {
        Span<byte> room = Room(value.Length);
        int length = LogText.Decode(value, style, room);
        _used += length;
        return room[..length];
    }

    /// <summary>Puts two texts together; the result lives as long as the line's values.</summary>
    public ReadOnlySpan<byte> Join(ReadOnlySpan<byte> first, byte between, ReadOnlySpan<byte> second)
    {
        Span<byte> room = Room(first.Length + second.Length + 1)[..(first.Length + second.Length + 1)];
        first.CopyTo(room);
        room[first.Length] = between;
        second.CopyTo(room[(first.Length + 1)..]);
        _used += room.Length;
        return room;
    }

    // Spans given out before it grew keep the array that they lie in.
    private Span<byte> Room(int length)
    {
        if (_text.Length - _used < length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + length));
        }

        return _text.AsSpan(_used);
    }
}
