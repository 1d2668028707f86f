namespace StreamSense.Core.Ingest;

/// <summary>Cuts chunks of a body into JSON values, wherever the chunks were split; an outermost array counts by element.</summary>
/// <remarks>
/// Counts brackets and texts, and leaves the rest of the syntax to the reader of a value. Keeps at most the limit in memory: of a longer
/// value the head is kept and the rest is skipped. One thread at a time.
/// </remarks>
internal sealed class JsonValueSplitter(int maxValueBytes)
{
    private byte[] _partial = [];
    private int _length;
    private int _depth;
    private bool _isTooLong;
    private bool _isInText;
    private bool _isEscaped;
    private bool _isInArray;
    private bool _isBegun;

    /// <summary>The number of the value last given out, from 1.</summary>
    public long Line { get; private set; }

    public void Reset()
    {
        EndValue();
        _isInArray = false;
        Line = 0;
    }

    /// <inheritdoc cref="LineSplitter.TryTake"/>
    public bool TryTake(ref ReadOnlySpan<byte> chunk, out ReadOnlySpan<byte> value, out bool isTooLong)
    {
        if (!_isBegun)
        {
            SkipToValue(ref chunk);
        }

        int end = EndOfValue(chunk);
        if (end < 0)
        {
            Keep(chunk);
            chunk = default;
            value = default;
            isTooLong = false;
            return false;
        }

        value = chunk[..end];
        chunk = chunk[end..];
        if (_length > 0)
        {
            Keep(value);
            value = _partial.AsSpan(0, _length);
        }

        isTooLong = _isTooLong || value.Length > maxValueBytes;
        value = value[..Math.Min(value.Length, maxValueBytes)];
        Line++;
        EndValue();
        return true;
    }

    /// <inheritdoc cref="LineSplitter.TryTakeLast"/>
    public bool TryTakeLast(out ReadOnlySpan<byte> value, out bool isTooLong)
    {
        value = _partial.AsSpan(0, _length);
        isTooLong = _isTooLong;
        bool isThere = _isBegun && _length > 0;
        Line += isThere ? 1 : 0;
        EndValue();
        return isThere;
    }

    private void SkipToValue(ref ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            byte first = chunk[0];
            bool isOpening = first == (byte)'[' && !_isInArray;
            bool isClosing = first == (byte)']' && _isInArray;
            bool isBetween = IsBetween(first) || first is 0xEF or 0xBB or 0xBF;
            if (!isOpening && !isClosing && !isBetween)
            {
                return;
            }

            _isInArray = (_isInArray || isOpening) && !isClosing;
            chunk = chunk[1..];
        }
    }

    // Where the value ends that begins, or goes on, at the start of the chunk; -1 if beyond it.
    private int EndOfValue(ReadOnlySpan<byte> chunk)
    {
        for (int i = 0; i < chunk.Length; i++)
        {
            byte letter = chunk[i];
            bool isFirst = !_isBegun;
            _isBegun = true;
            if (_isInText)
            {
                _isInText = _isEscaped || letter != (byte)'"';
                _isEscaped = !_isEscaped && letter == (byte)'\\';
                if (!_isInText && _depth == 0)
                {
                    return i + 1;
                }
            }
            else if (letter == (byte)'"')
            {
                _isInText = true;
            }
            else if (letter is (byte)'{' or (byte)'[')
            {
                _depth++;
            }
            else if (letter is (byte)'}' or (byte)']')
            {
                // One that closes nothing is a value of its own, which no reader takes.
                if (_depth <= 1)
                {
                    return _depth == 1 || isFirst ? i + 1 : i;
                }

                _depth--;
            }
            else if (_depth == 0 && IsBetween(letter))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsBetween(byte letter) => letter is (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private void EndValue()
    {
        _length = 0;
        _depth = 0;
        _isTooLong = false;
        _isInText = false;
        _isEscaped = false;
        _isBegun = false;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int room = Math.Min(bytes.Length, maxValueBytes - _length);
        _isTooLong |= room < bytes.Length;
        if (_partial.Length < _length + room)
        {
            Array.Resize(ref _partial, Math.Min(maxValueBytes, Math.Max(_length + room, Math.Max(1024, _partial.Length * 2))));
        }

        bytes[..room].CopyTo(_partial.AsSpan(_length));
        _length += room;
    }
}
