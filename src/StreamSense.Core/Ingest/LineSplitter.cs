namespace StreamSense.Core.Ingest;

/// <summary>Cuts chunks of a body into lines, wherever the chunks were split.</summary>
/// <remarks>
/// A line ends with LF or CRLF; the last one may end without. Keeps at most the line limit in memory: of a longer line its head is
/// kept and the rest is skipped. One thread at a time.
/// </remarks>
internal sealed class LineSplitter(int maxLineBytes)
{
    // Room for CR, so that a line of exactly the limit is one whatever ends it.
    private readonly int _limit = maxLineBytes + 1;
    private byte[] _partial = [];
    private int _length;
    private bool _isTooLong;
    private bool _isAtStart = true;

    /// <summary>The number of the line last given out, from 1; empty lines are counted.</summary>
    public long Line { get; private set; }

    public void Reset()
    {
        _length = 0;
        _isTooLong = false;
        _isAtStart = true;
        Line = 0;
    }

    /// <summary>Takes the next line out of a chunk.</summary>
    /// <param name="chunk">The chunk; shortened by what was taken.</param>
    /// <param name="line">The line; valid until the next call.</param>
    /// <param name="isTooLong">Whether it is only the head of a line that is too long.</param>
    /// <returns>False when the chunk is used up.</returns>
    public bool TryTake(ref ReadOnlySpan<byte> chunk, out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        int end = chunk.IndexOf((byte)'\n');
        if (end < 0)
        {
            Keep(chunk);
            chunk = default;
            line = default;
            isTooLong = false;
            return false;
        }

        ReadOnlySpan<byte> tail = chunk[..end];
        chunk = chunk[(end + 1)..];
        if (_length > 0)
        {
            Keep(tail);
            tail = _partial.AsSpan(0, _length);
        }

        Finish(tail, out line, out isTooLong);
        return true;
    }

    /// <summary>Takes what stands after the last line feed.</summary>
    public bool TryTakeLast(out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        if (_length == 0)
        {
            line = default;
            isTooLong = false;
            return false;
        }

        Finish(_partial.AsSpan(0, _length), out line, out isTooLong);
        return true;
    }

    private void Finish(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        Line++;
        line = bytes;
        isTooLong = _isTooLong;
        if (_isAtStart && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        if (!isTooLong && line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        // A byte order mark is no part of the line; only a first line can be three bytes longer.
        isTooLong |= line.Length > maxLineBytes;
        if (isTooLong)
        {
            // The same head, whether the line came whole or in pieces.
            line = line[..Math.Min(line.Length, maxLineBytes)];
        }

        _isAtStart = false;
        _isTooLong = false;
        _length = 0;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int limit = _isAtStart ? _limit + 3 : _limit;
        int room = Math.Min(bytes.Length, limit - _length);
        _isTooLong |= room < bytes.Length;
        if (_partial.Length < _length + room)
        {
            Array.Resize(ref _partial, Math.Min(_limit + 3, Math.Max(_length + room, Math.Max(1024, _partial.Length * 2))));
        }

        bytes[..room].CopyTo(_partial.AsSpan(_length));
        _length += room;
    }
}
