namespace StreamSense.Tool.Inputs;

/// <summary>One file of the command line, or standard input; a gzip file is read as what is packed in it.</summary>
internal sealed class InputFile : IDisposable
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    private const int ChunkBytes = 1 << 20;

    private readonly bool _canOpenAgain;
    private Stream? _stream;
    private GzipInput? _gzip;
    private InvalidDataException? _damage;
    private bool _isOpen;
    private byte[] _peeked = [];

    private InputFile(string name, Stream? stream, long? length, bool canOpenAgain = false)
    {
        Name = name;
        _stream = stream;
        _canOpenAgain = canOpenAgain;
        Length = length;
    }

    /// <summary>How it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Its size in bytes, unpacked; null if nobody knows before the end.</summary>
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
        Look(Open(), count);
        return _peeked;
    }

    /// <summary>Reads it to its end and closes it.</summary>
    /// <param name="take">Takes each chunk.</param>
    /// <param name="damaged">
    /// Is told that gzip data are damaged or cut off, after <paramref name="take"/> had what comes before; null if that is an error.
    /// </param>
    /// <param name="cancellationToken">Ends the reading between two chunks.</param>
    /// <exception cref="InputException">It cannot be read further.</exception>
    public void ReadToEnd(Action<ReadOnlySpan<byte>> take, Action<string>? damaged, CancellationToken cancellationToken)
    {
        using (this)
        {
            ReadChunks(take, cancellationToken);
        }

        if (_damage is null)
        {
            return;
        }

        string complaint = $"cannot read {Name} to its end: its gzip data are damaged or cut off";
        if (damaged is null)
        {
            throw new InputException(complaint, _damage);
        }

        damaged(complaint);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gzip?.Dispose();
        _gzip = null;
        _stream?.Dispose();
        _stream = null;
    }

    private void ReadChunks(Action<ReadOnlySpan<byte>> take, CancellationToken cancellationToken)
    {
        byte[] chunk = new byte[ChunkBytes];
        Stream stream = Open();
        if (_peeked.Length > 0)
        {
            take(_peeked);
        }

        for (int count = -1; count != 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = Next(stream, chunk);
            if (count > 0)
            {
                take(chunk.AsSpan(0, count));
            }
        }
    }

    private Stream Open()
    {
        Stream stream = _stream ??= OpenFile(Name);
        if (!_isOpen)
        {
            _isOpen = true;
            Look(stream, GzipInput.MagicBytes);
            if (GzipInput.IsGzip(_peeked))
            {
                _gzip = new GzipInput(_peeked, stream, _canOpenAgain ? () => OpenFile(Name) : null);
                _peeked = [];
            }
        }

        return stream;
    }

    // Bytes that were looked at before stay.
    private void Look(Stream stream, int count)
    {
        int length = _peeked.Length;
        Array.Resize(ref _peeked, Math.Max(length, count));
        for (int more = -1; more != 0 && length < _peeked.Length; length += more)
        {
            more = Next(stream, _peeked.AsSpan(length));
        }

        Array.Resize(ref _peeked, length);
    }

    private int Next(Stream stream, Span<byte> chunk)
    {
        if (_damage is not null)
        {
            return 0;
        }

        try
        {
            return _gzip?.Read(chunk) ?? stream.Read(chunk);
        }
        catch (InvalidDataException exception)
        {
            _damage = exception;
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {Name}: {exception.Message}", exception);
        }
    }

    // A file is opened again when its turn comes: a thousand files are not a thousand handles. A pipe can be opened but once.
    private static InputFile FindFile(string path)
    {
        FileStream stream = OpenFile(path);
        if (!stream.CanSeek)
        {
            return new InputFile(path, stream, length: null);
        }

        using var file = new InputFile(path, stream, stream.Length);
        file.Open();
        return new InputFile(path, stream: null, file._gzip is null ? file.Length : null, canOpenAgain: true);
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
