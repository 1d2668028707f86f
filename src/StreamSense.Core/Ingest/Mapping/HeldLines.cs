namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Lines that wait for the end of a quoted cell, within bounds.</summary>
/// <remarks>One thread at a time; allocates nothing once warm.</remarks>
internal sealed class HeldLines
{
    /// <summary>How many lines a row may have.</summary>
    public const int MaxLines = 256;

    /// <summary>How many bytes a row of several lines may have.</summary>
    public const int MaxBytes = 256 * 1024;

    private readonly List<int> _starts = [];
    private byte[] _bytes = [];
    private int _length;

    public int Count => _starts.Count;

    /// <summary>The lines as one text, with a line feed between two.</summary>
    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    public bool IsFull => Count >= MaxLines || _length >= MaxBytes;

    public ReadOnlySpan<byte> this[int index] =>
        _bytes.AsSpan(_starts[index]..(index + 1 < Count ? _starts[index + 1] - 1 : _length));

    public void Clear()
    {
        _starts.Clear();
        _length = 0;
    }

    public void Add(ReadOnlySpan<byte> line)
    {
        int length = _length + line.Length + 1;
        if (_bytes.Length < length)
        {
            Array.Resize(ref _bytes, Math.Max(length, _bytes.Length * 2));
        }

        if (Count > 0)
        {
            _bytes[_length++] = (byte)'\n';
        }

        _starts.Add(_length);
        line.CopyTo(_bytes.AsSpan(_length));
        _length += line.Length;
    }
}
