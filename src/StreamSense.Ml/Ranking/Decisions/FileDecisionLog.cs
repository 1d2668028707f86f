using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>Keeps rankings in files of a folder, written by a thread of its own.</summary>
/// <remarks>
/// <para><see cref="TryAppend"/> copies the ranking into a ring of bytes: many threads at once, without a lock, without waiting and without
/// allocating; a full ring refuses, and it is counted. The writing thread takes from the ring every
/// <see cref="DecisionLogOptions.FlushInterval"/>, and at once when it is half full. A disk that fails loses what was being written, which
/// is counted, and the log goes on with another file.</para>
/// <para>A file explains itself: the features by name, the models and the names of dimensions are written before the first ranking that
/// needs them. Each record has a checksum. One log a folder. Files hold pseudonyms, never raw ids; they are personal data all the same, and
/// the bounds of the options are how long they are kept. Read by <see cref="DecisionLogReader"/>.</para>
/// </remarks>
public sealed class FileDecisionLog : IDecisionLog, IDisposable
{
    private const int MaxLayouts = 64;

    private readonly string _folder;
    private readonly DecisionLogOptions _options;
    private readonly Vocabulary? _vocabulary;
    private readonly TimeProvider _time;
    private readonly RecordRing _ring;
    private readonly Work _work;
    private readonly Lock _layoutLock = new();
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private readonly object _flushes = new();
    private FeatureLayout[] _layouts;
    private long _offered;
    private long _refused;
    private long _flushedTo;
    private volatile bool _isDue;
    private volatile bool _closing;

    // The writing thread's; the counts are read by others.
    private DecisionFileWriter? _file;
    private byte[] _buffer;
    private long _nextNumber;
    private bool _isFailing;
    private long _unwritten;
    private long _written;
    private long _lost;
    private long _bytes;
    private long _begun;
    private long _deleted;
    private Exception? _failure;

    /// <summary>Opens a log; earlier files of the folder stay, within the bounds.</summary>
    /// <param name="folder">The folder; created if it is not there.</param>
    /// <param name="time">The clock, which times flushes.</param>
    /// <param name="options">The bounds; null for the defaults.</param>
    /// <param name="vocabulary">The names of dimensions; null to write rankings without dimensions.</param>
    /// <param name="layouts">The layouts of the features that will be logged, so that files can name them.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="IOException">The folder cannot be created or read.</exception>
    public FileDecisionLog(
        string folder,
        TimeProvider time,
        DecisionLogOptions? options = null,
        Vocabulary? vocabulary = null,
        params ReadOnlySpan<FeatureLayout> layouts)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(time);
        _options = options?.Copy() ?? new DecisionLogOptions();
        _options.Validate();
        _folder = folder;
        _time = time;
        _vocabulary = vocabulary;
        _layouts = layouts.ToArray();
        _ring = new RecordRing(_options.BufferBytes);
        _buffer = new byte[_options.BufferBytes / 4];
        Directory.CreateDirectory(folder);
        _nextNumber = DecisionFiles.In(folder) is [.., (long Number, string Path) last] ? last.Number + 1 : 1;
        _work = new Work(this);
        _thread = new Thread(Write) { IsBackground = true, Name = "StreamSense decision log" };
        _thread.Start();
        _timer = time.CreateTimer(_ => Wake(), state: null, _options.FlushInterval, _options.FlushInterval);
    }

    /// <summary>What became of the rankings so far.</summary>
    public DecisionLogTotals Totals
    {
        get
        {
            // What ends a ranking's wait is read before what began it, so that no more seem written than offered.
            long written = Interlocked.Read(ref _written);
            long lost = Interlocked.Read(ref _lost);
            long refused = Interlocked.Read(ref _refused);
            return new DecisionLogTotals(
                Interlocked.Read(ref _offered),
                refused,
                written,
                lost,
                Interlocked.Read(ref _bytes),
                Interlocked.Read(ref _begun),
                Interlocked.Read(ref _deleted));
        }
    }

    /// <summary>Why the disk last refused; null if it never did.</summary>
    public Exception? LastFailure => Volatile.Read(ref _failure);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Arrays of the ranking that belong together have different lengths.</exception>
    public bool TryAppend(in RankingRecord record)
    {
        long length = RankingCodec.LengthOf(record, out int modelBytes);
        Interlocked.Increment(ref _offered);
        if (length < 0 || length > _ring.MaxRecordBytes || !_ring.TryReserve((int)length, out Span<byte> room, out long position))
        {
            Interlocked.Increment(ref _refused);
            return false;
        }

        RankingCodec.Write(record, modelBytes, room);
        if (record.Layout is { } layout && Array.IndexOf(_layouts, layout) < 0)
        {
            Remember(layout);
        }

        _ring.Commit(position, (int)length);
        if (_ring.PendingBytes > _options.BufferBytes / 2)
        {
            _work.Gate.Signal();
        }

        return true;
    }

    /// <summary>Waits until everything that was taken before is in the files, or lost.</summary>
    /// <remarks>For the end of a program or a test; not for a request.</remarks>
    public void Flush()
    {
        long end = _ring.End;
        lock (_flushes)
        {
            while (_flushedTo < end && _thread.IsAlive)
            {
                Wake();
                Monitor.Wait(_flushes, TimeSpan.FromMilliseconds(100));
            }
        }
    }

    /// <summary>Takes no more rankings, writes those that were taken and closes the file.</summary>
    public void Dispose()
    {
        _ring.Close();
        _timer.Dispose();
        _closing = true;
        _work.Gate.Signal();
        _thread.Join();
    }

    private void Wake()
    {
        _isDue = true;
        _work.Gate.Signal();
    }

    // Once a layout; the array is replaced, never changed, since the writing thread reads it without a lock.
    private void Remember(FeatureLayout layout)
    {
        lock (_layoutLock)
        {
            if (Array.IndexOf(_layouts, layout) < 0)
            {
                FeatureLayout[] kept = _layouts.Length < MaxLayouts ? _layouts : _layouts[1..];
                Volatile.Write(ref _layouts, [.. kept, layout]);
            }
        }
    }

    private void Write()
    {
        bool ends;
        do
        {
            _work.Gate.Wait(_work, Timeout.InfiniteTimeSpan);
            ends = _closing;
            _isDue = false;
            Drain();
            while (ends && _ring.Start < _ring.End)
            {
                // A ranking that is being copied by its thread at this moment.
                Thread.Yield();
                Drain();
            }
        }
        while (!ends);
        _file?.Dispose();
    }

    private void Drain()
    {
        _isFailing = false;
        long position = _ring.Start;
        while (_ring.TryPeek(ref position, out ReadOnlySpan<byte> record))
        {
            Add(record);
            position = RecordRing.After(position, record);
            _ring.Release(position);
            if (_file is { } file && (file.Buffered >= _options.BufferBytes / 4 || file.Length >= _options.MaxFileBytes))
            {
                FlushFile();
            }
        }

        FlushFile();
        lock (_flushes)
        {
            _flushedTo = _ring.Start;
            Monitor.PulseAll(_flushes);
        }
    }

    // A disk that refuses is asked again at the next drain, not at the next ranking.
    private void Add(ReadOnlySpan<byte> record)
    {
        if (_isFailing)
        {
            Interlocked.Increment(ref _lost);
            return;
        }

        try
        {
            if (_file is null || _file.Length >= _options.MaxFileBytes || _file.IsCrowded)
            {
                Roll();
            }

            _file!.Add(record, Volatile.Read(ref _layouts));
            _unwritten++;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _isFailing = true;
            Interlocked.Increment(ref _lost);
            Volatile.Write(ref _failure, failure);
        }
    }

    private void Roll()
    {
        FlushFile();
        CloseFile();
        EventTime now = EventTime.From(_time.GetUtcNow());
        Directory.CreateDirectory(_folder);
        long number = Math.Max(_nextNumber, DecisionFiles.In(_folder) is [.., (long Number, string Path) last] ? last.Number + 1 : 1);
        _file = DecisionFileWriter.Create(DecisionFiles.PathOf(_folder, number), number, now, _vocabulary, _buffer);
        _nextNumber = number + 1;
        Interlocked.Increment(ref _begun);
        Retain();
    }

    private void FlushFile()
    {
        if (_file is null)
        {
            return;
        }

        int bytes = _file.Buffered;
        try
        {
            _file.Flush(_options.SyncToDisk);
            Interlocked.Add(ref _bytes, bytes);
            Interlocked.Add(ref _written, _unwritten);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What the file has of it may be torn, so nothing more is put behind it.
            _isFailing = true;
            Interlocked.Add(ref _lost, _unwritten);
            Volatile.Write(ref _failure, failure);
            CloseFile();
        }

        _unwritten = 0;
    }

    private void CloseFile()
    {
        if (_file is not null)
        {
            _buffer = _file.Buffer;
            _file.Dispose();
            _file = null;
        }
    }

    private void Retain()
    {
        (long Number, string Path)[] files = [.. DecisionFiles.In(_folder)];
        long[] lengths = Array.ConvertAll(files, file => new FileInfo(file.Path).Length);
        long total = lengths.Sum();
        for (int i = 0; i < files.Length - 1 && (files.Length - i > _options.MaxFiles || total > _options.MaxTotalBytes); i++)
        {
            try
            {
                File.Delete(files[i].Path);
                total -= lengths[i];
                Interlocked.Increment(ref _deleted);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody holds it: the next file tries again.
                Volatile.Write(ref _failure, failure);
            }
        }
    }

    /// <summary>What the writing thread waits for.</summary>
    private sealed class Work(FileDecisionLog log) : IWaitable
    {
        public WaitGate Gate { get; } = new();

        public bool IsReady => log._isDue || log._closing || log._ring.PendingBytes > log._options.BufferBytes / 2;
    }
}
