namespace StreamSense.Tool.Inputs;

/// <summary>One file of the command line, or standard input.</summary>
internal sealed class InputFile : IDisposable
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    private const int ChunkBytes = 1 << 20;

    private Stream? _stream;
    private byte[] _peeked = [];

    private InputFile(string name, Stream? stream, long? length)
    {
        Name = name;
        _stream = stream;
        Length = length;
    }

    /// <summary>How it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Its size in bytes; null if nobody knows before the end.</summary>
    public long? Length { get; }

    /// <summary>Finds an input.</summary>
    /// <param name="path">Its path, or <c>-</c>.</param>
    /// <param name="standardInput">What <c>-</c> stands for; null where it is a file of that name.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static InputFile Find(string path, Stream? standardInput = null) =>
        path is StandardInput && standardInput is not null ? new InputFile("standard input", standardInput, length: null) : FindFile(path);

    /// <summary>Looks at its first bytes; <see cref="ReadToEnd"/> still gives them, of a pipe, too.</summary>
    /// <param name="count">How many bytes.</param>
    /// <returns>As many as were asked for, or all if there are fewer.</returns>
    /// <exception cref="InputException">It cannot be read.</exception>
    public ReadOnlySpan<byte> Peek(int count)
    {
        _stream ??= OpenFile(Name);
        _peeked = new byte[count];
        int length = 0;
        for (int more = -1; more != 0 && length < count; length += more)
        {
            more = Next(_stream, _peeked.AsSpan(length));
        }

        Array.Resize(ref _peeked, length);
        return _peeked;
    }

    /// <summary>Reads it to its end and closes it.</summary>
    /// <param name="take">Takes each chunk.</param>
    /// <param name="cancellationToken">Ends the reading between two chunks.</param>
    /// <exception cref="InputException">It cannot be read further.</exception>
    public void ReadToEnd(Action<ReadOnlySpan<byte>> take, CancellationToken cancellationToken)
    {
        byte[] chunk = new byte[ChunkBytes];
        using Stream stream = _stream ?? OpenFile(Name);
        if (_peeked.Length > 0)
        {
            take(_peeked);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Next(stream, chunk);
            if (count is 0)
            {
                return;
            }

            take(chunk.AsSpan(0, count));
        }
    }

    private int Next(Stream stream, Span<byte> chunk)
    {
        try
        {
            return stream.Read(chunk);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {Name}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    // A file is opened again when its turn comes: a thousand files are not a thousand handles. A pipe can be opened but once.
    private static InputFile FindFile(string path)
    {
        FileStream stream = OpenFile(path);
        if (!stream.CanSeek)
        {
            return new InputFile(path, stream, length: null);
        }

        using (stream)
        {
            return new InputFile(path, stream: null, stream.Length);
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new InputException($"cannot read {path}: it is a directory");
            }

            // Another process may still be writing to it: what is there now is what is measured.
            return new FileStream(path, new FileStreamOptions
            {
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"cannot read {path}: there is no such file", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new InputException($"cannot read {path}: permission denied", exception);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
        }
    }
}
