namespace StreamSense.Sinks.Files;

/// <summary>Keeps the counts of a file sink: written by its writer, read from any thread.</summary>
internal sealed class FileLedger
{
    private readonly Lock _lock = new();
    private NdjsonFileCounts _counts;

    public NdjsonFileCounts Read()
    {
        lock (_lock)
        {
            return _counts;
        }
    }

    public void Recovered(bool damaged, long cutBytes)
    {
        lock (_lock)
        {
            _counts = _counts with
            {
                RecoveredFiles = _counts.RecoveredFiles + 1,
                DamagedFiles = _counts.DamagedFiles + (damaged ? 1 : 0),
                CutBytes = _counts.CutBytes + cutBytes,
            };
        }
    }

    public void Holds(int files, long bytes)
    {
        lock (_lock)
        {
            _counts = _counts with { Files = files, Bytes = bytes };
        }
    }

    public void Written(int events, long bytes)
    {
        lock (_lock)
        {
            _counts = _counts with
            {
                Batches = _counts.Batches + 1,
                Events = _counts.Events + events,
                WrittenBytes = _counts.WrittenBytes + bytes,
                Bytes = _counts.Bytes + bytes,
            };
        }
    }

    public void Deleted(KeptFile file)
    {
        lock (_lock)
        {
            _counts = _counts with
            {
                DeletedFiles = _counts.DeletedFiles + 1,
                DeletedBytes = _counts.DeletedBytes + file.Bytes,
                DeletedEvents = _counts.DeletedEvents + file.Events,
            };
        }
    }
}
