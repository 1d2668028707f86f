using System.Buffers;
using System.Globalization;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Failures;

/// <summary>Keeps failed records in a folder: a rolling store, in which new files push out the oldest.</summary>
/// <remarks>
/// <para>Files <c>failed-000001.ndjson</c>, an object a line: what failed, where and why in clear; the record's bytes and what was found in
/// it sealed (<see cref="ByteSeal"/>), because they hold raw ids. <see cref="FailedEventReader"/> reads them. Only the owner may read the
/// files.</para>
/// <para>Thread-safe. A line is written at once and not synchronised to the disk: a crash of the machine may lose the last ones. What
/// cannot be written is counted in <see cref="Lost"/> and does no harm to the record's account.</para>
/// </remarks>
public sealed class FailedEventFiles : IFailedEventStore, IDisposable
{
    /// <summary>How many files the store is spread over; the oldest goes when there is one more.</summary>
    public const int Files = 8;

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly ByteSeal _seal;
    private readonly string _directory;
    private readonly long _fileBytes;
    private FileStream? _file;
    private int _number;
    private long _lost;

    /// <summary>Opens a store; what earlier runs kept stays.</summary>
    /// <param name="directory">The folder; created if it is not there.</param>
    /// <param name="key">The key of the pseudonyms, from which that of the seal is derived.</param>
    /// <param name="maxBytes">How many bytes all files may take together. At least 1 MiB.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be used.</exception>
    public FailedEventFiles(string directory, PseudonymKey key, long maxBytes = 64 * 1024 * 1024)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1024 * 1024);
        _seal = new ByteSeal(key);
        _directory = Directory.CreateDirectory(directory).FullName;
        _fileBytes = maxBytes / Files;
        IReadOnlyList<string> present = FailedEventReader.FilesIn(_directory);
        _number = present.Count == 0 ? 0 : FailedEventReader.NumberOf(present[^1]);
    }

    /// <summary>How many records could not be written.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <inheritdoc/>
    public void Add(FailedEvent failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        lock (_lock)
        {
            try
            {
                _line.ResetWrittenCount();
                FailedEventLine.Write(_line, failed, _seal);
                if (_file is null || _file.Length + _line.WrittenCount > _fileBytes)
                {
                    Roll();
                }

                _file!.Write(_line.WrittenSpan);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // A file that could not be written may end in half a line: the next record gets a file of its own.
                Close();
                Interlocked.Increment(ref _lost);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            Close();
        }

        _seal.Dispose();
    }

    private void Roll()
    {
        Close();
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _number++;
        string name = string.Create(CultureInfo.InvariantCulture, $"failed-{_number:D6}.ndjson");
        _file = new FileStream(Path.Combine(_directory, name), options);
        IReadOnlyList<string> present = FailedEventReader.FilesIn(_directory);
        for (int i = 0; i < present.Count - Files; i++)
        {
            File.Delete(present[i]);
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
