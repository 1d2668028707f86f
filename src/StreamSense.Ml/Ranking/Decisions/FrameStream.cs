using System.Buffers.Binary;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>Reads the records of one file, finding the next whole one after damage.</summary>
internal sealed class FrameStream : IDisposable
{
    private const int FirstBuffer = 64 * 1024;

    private readonly FileStream _file;
    private readonly string _path;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private bool _isFirst = true;
    private bool _isAtEnd;
    private bool _isLost;

    public FrameStream(string path)
    {
        _path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>How many stretches were skipped because they are damaged.</summary>
    public long Damaged { get; private set; }

    /// <summary>How many bytes were skipped.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Whether the file ends in the middle of a record.</summary>
    public bool IsTorn { get; private set; }

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads the next whole record.</summary>
    /// <exception cref="InvalidDataException">The file does not begin as one of a decision log, or is of a later version.</exception>
    public bool TryRead(out DecisionFrameKind kind, out ReadOnlySpan<byte> content)
    {
        while (true)
        {
            if (TryReadHere(out kind, out content, out bool isShort))
            {
                _isLost = false;
                return true;
            }

            if (isShort && Unread.IsEmpty)
            {
                return false;
            }

            // Until it is known whether whole records follow, a short rest may be a torn tail or the effect of a damaged length.
            if (!TrySkip(isShort))
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool TryReadHere(out DecisionFrameKind kind, out ReadOnlySpan<byte> content, out bool isShort)
    {
        kind = default;
        content = default;
        isShort = !Ensure(DecisionFrame.HeadBytes);
        if (isShort)
        {
            return false;
        }

        int length = DecisionFrame.LengthOf(Unread, DecisionLogReader.MaxRecordBytes);
        if (_isFirst && BinaryPrimitives.ReadUInt32LittleEndian(Unread) != DecisionFrame.Mark)
        {
            throw new InvalidDataException($"{_path} is not a file of a decision log.");
        }

        if (length < 0)
        {
            return false;
        }

        // A length that reaches beyond the file is not believed as far as to take memory for it.
        isShort = DecisionFrame.HeadBytes + length > Unread.Length + _file.Length - _file.Position
            || !Ensure(DecisionFrame.HeadBytes + length);
        if (isShort || !DecisionFrame.IsWhole(Unread[..DecisionFrame.HeadBytes], Unread.Slice(DecisionFrame.HeadBytes, length)))
        {
            return false;
        }

        if (Unread[4] > DecisionFrame.Version)
        {
            throw new InvalidDataException($"{_path} is of version {Unread[4]}; this release reads up to {DecisionFrame.Version}.");
        }

        _isFirst = false;
        kind = (DecisionFrameKind)Unread[5];
        content = Unread.Slice(DecisionFrame.HeadBytes, length);
        _start += DecisionFrame.HeadBytes + length;
        return true;
    }

    // On to the next mark. Where none follows, the rest is a tail that was torn off while it was written.
    private bool TrySkip(bool isShort)
    {
        bool isNew = !_isLost;
        _isLost = true;
        Damaged += isNew && !isShort ? 1 : 0;

        Span<byte> mark = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(mark, DecisionFrame.Mark);
        int skipped = 1;
        while (true)
        {
            int next = Unread.Length > skipped ? Unread[skipped..].IndexOf(mark) : -1;
            if (next >= 0)
            {
                Skip(skipped + next);
                Damaged += isNew && isShort ? 1 : 0;
                return true;
            }

            if (_isAtEnd)
            {
                IsTorn |= isNew && isShort;
                Skip(Unread.Length);
                return false;
            }

            Skip(Math.Max(1, Unread.Length - (mark.Length - 1)));
            skipped = 0;
            Ensure(FirstBuffer);
        }
    }

    private void Skip(int bytes)
    {
        bytes = Math.Min(bytes, Unread.Length);
        _start += bytes;
        SkippedBytes += bytes;
    }

    // Whether so many bytes lie ready.
    private bool Ensure(int bytes)
    {
        if (Unread.Length >= bytes)
        {
            return true;
        }

        if (_buffer.Length - _start < bytes)
        {
            byte[] room = _buffer.Length >= bytes ? _buffer : new byte[Math.Max(bytes, FirstBuffer)];
            Unread.CopyTo(room);
            _end -= _start;
            _start = 0;
            _buffer = room;
        }

        while (Unread.Length < bytes && !_isAtEnd)
        {
            int read = _file.Read(_buffer, _end, _buffer.Length - _end);
            _isAtEnd = read == 0;
            _end += read;
        }

        return Unread.Length >= bytes;
    }
}
