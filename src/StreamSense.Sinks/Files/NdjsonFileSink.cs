using System.Buffers;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Sinks.Files;

/// <summary>Writes events as canonical NDJSON into files of one directory, each batch whole or not at all.</summary>
/// <remarks>
/// <para>Files are named <c>events-20260101T000000-000001.ndjson</c>: time of creation, running number. They are plain text that any tool
/// reads; beside each lies a sidecar of 1 KiB, <c>….ndjson.commit</c>, which says how much of it is committed. A batch is one append and
/// then one commit record; a write that fails is taken back at once, and one that a crash has cut is taken back by the next sink that opens
/// the directory. So a batch that was retried is never there twice.</para>
/// <para>A directory has one writer: a second sink is refused. Every start begins a new file. The oldest files are deleted to stay within
/// <see cref="NdjsonFileOptions.MaxTotalBytes"/>. Files of others in the directory are left alone.</para>
/// <para>As any <see cref="IBatchSink"/> used by one caller at a time; <see cref="Counts"/> may be read from any thread. What was
/// written is
/// read back by <see cref="NdjsonFileSource"/>.</para>
/// </remarks>
public sealed class NdjsonFileSink : IBatchSink
{
    private readonly IFileVolume _volume;
    private readonly IDisposable _lock;
    private readonly NdjsonEncoder _encoder;
    private readonly NdjsonFileOptions _options;
    private readonly TimeProvider _time;
    private readonly FileLedger _ledger = new();
    private readonly Queue<KeptFile> _kept = new();
    private readonly ArrayBufferWriter<byte> _text = new();
    private EventFile? _current;
    private long _createdAt;
    private long _keptBytes;
    private long _nextNumber;
    private bool _disposed;

    /// <summary>Opens a directory, made if need be, and recovers what an earlier run left in it.</summary>
    /// <param name="directory">The directory; made with rights for its owner alone.</param>
    /// <param name="vocabulary">Gives the names of titles and dimensions.</param>
    /// <param name="options">Sizes and bounds.</param>
    /// <param name="time">The clock of names and ages; the system's if not given.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="IOException">The directory has a writer already, or cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or a file of it may not be read or written.</exception>
    public NdjsonFileSink(string directory, Vocabulary vocabulary, NdjsonFileOptions? options = null, TimeProvider? time = null)
        : this(OpenAndLock(directory, out IDisposable taken), taken, vocabulary, options, time)
    {
    }

    internal NdjsonFileSink(
        IFileVolume volume,
        IDisposable taken,
        Vocabulary vocabulary,
        NdjsonFileOptions? options,
        TimeProvider? time)
    {
        _volume = volume;
        _lock = taken;
        _options = options ?? new NdjsonFileOptions();
        _time = time ?? TimeProvider.System;
        try
        {
            ArgumentNullException.ThrowIfNull(vocabulary);
            if (_options.MaxTotalBytes / 2 < _options.MaxFileBytes)
            {
                throw new ArgumentException("MaxTotalBytes has to be at least twice MaxFileBytes.", nameof(options));
            }

            _encoder = new NdjsonEncoder(vocabulary);
            foreach (KeptFile file in EventDirectory.Recover(_volume, _ledger))
            {
                Keep(file);
            }

            _nextNumber = EventDirectory.NextNumber(_volume);
            MakeRoom(0, filesToCome: 0);
            Publish();
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name => "files";

    /// <summary>What the sink holds and has done.</summary>
    public NdjsonFileCounts Counts => _ledger.Read();

    /// <inheritdoc/>
    /// <exception cref="IOException">The batch could not be written; nothing of it is left.</exception>
    public ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        Encode(batch);
        cancellationToken.ThrowIfCancellationRequested();
        EventFile file = FileFor(_text.WrittenCount);
        file.Append(_text.WrittenSpan, batch.Count);
        _ledger.Written(batch.Count, _text.WrittenCount);
        return ValueTask.CompletedTask;
    }

    /// <summary>Flushes the present file to the device; closed ones have been when <see cref="NdjsonFileOptions.FlushToDisk"/> is
    /// set.</summary>
    /// <param name="cancellationToken">Looked at before the flush begins.</param>
    /// <exception cref="IOException">The flush failed.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_current is not null)
        {
            _current.Sync();
            _volume.SyncDirectory();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the present file and gives the directory free.</summary>
    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            CloseCurrent();
            _lock.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static DiskVolume OpenAndLock(string directory, out IDisposable taken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        DiskVolume volume = DiskVolume.OpenOrCreate(directory);
        taken = DirectoryLock.Take(directory);
        return volume;
    }

    private void Encode(DeliveryBatch batch)
    {
        _text.ResetWrittenCount();
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            _encoder.Encode(in streamEvent, batch.AnnexOf(in streamEvent), _text);
        }
    }

    private EventFile FileFor(int bytes)
    {
        if (_current is { } file
            && (file.IsSuspect
                || (file.Committed.Length > 0 && file.Committed.Length + bytes > _options.MaxFileBytes)
                || _time.GetElapsedTime(_createdAt) >= _options.MaxFileAge))
        {
            CloseCurrent();
        }

        MakeRoom(bytes, filesToCome: 1);
        if (_current is null)
        {
            EventFileName name = EventFileName.Create(_time.GetUtcNow(), _nextNumber++);
            _current = EventFile.Create(_volume, name, _options.FlushToDisk);
            _createdAt = _time.GetTimestamp();
        }

        Publish();
        return _current;
    }

    private void CloseCurrent()
    {
        if (_current is not { } file)
        {
            return;
        }

        _current = null;
        try
        {
            file.Seal();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // An unsealed file is whole, too, and sealed by the next start; what failed is met again by the next write.
        }
        finally
        {
            file.Dispose();
            Keep(new KeptFile(file.Name, file.Committed.Length, file.Committed.Events));
        }
    }

    private void Keep(KeptFile file)
    {
        _kept.Enqueue(file);
        _keptBytes += file.Bytes;
    }

    private void MakeRoom(int bytes, int filesToCome)
    {
        while (_kept.TryPeek(out KeptFile oldest)
            && (_kept.Count + filesToCome > _options.MaxFiles
                || _keptBytes + (_current?.Committed.Length ?? 0) + bytes > _options.MaxTotalBytes))
        {
            EventDirectory.Delete(_volume, oldest.Name);
            _kept.Dequeue();
            _keptBytes -= oldest.Bytes;
            _ledger.Deleted(oldest);
        }
    }

    private void Publish() =>
        _ledger.Holds(_kept.Count + (_current is null ? 0 : 1), _keptBytes + (_current?.Committed.Length ?? 0));
}
