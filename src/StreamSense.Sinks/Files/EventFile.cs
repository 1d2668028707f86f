using StreamSense.Core.Events;

namespace StreamSense.Sinks.Files;

/// <summary>The data file that is being written, with its sidecar.</summary>
/// <remarks>
/// A batch is one append, then one commit record. If either fails, the record of before is written again and the file is cut back at once;
/// until that has worked, nothing is appended. One thread at a time.
/// </remarks>
internal sealed class EventFile : IDisposable
{
    private readonly IVolumeFile _data;
    private readonly IVolumeFile _sidecar;
    private readonly bool _syncs;
    private CommitRecord _record;
    private bool _inDoubt;

    private EventFile(EventFileName name, IVolumeFile data, IVolumeFile sidecar, bool syncs, CommitRecord record)
    {
        Name = name;
        _data = data;
        _sidecar = sidecar;
        _syncs = syncs;
        _record = record;
    }

    public EventFileName Name { get; }

    public CommitPoint Committed => _record.Last;

    /// <summary>Whether a flush has failed: the system may since have forgotten pages of the file, so nothing more is entrusted to
    /// it.</summary>
    public bool IsSuspect { get; private set; }

    /// <summary>Creates a file: the sidecar first, so that a data file without one is known to be somebody else's.</summary>
    public static EventFile Create(IFileVolume volume, EventFileName name, bool syncs)
    {
        CommitRecord record = CommitRecord.None.Next(new CommitPoint(0, 0, Crc32C.Empty));
        IVolumeFile? sidecar = null;
        IVolumeFile? data = null;
        try
        {
            sidecar = volume.Create(name.Sidecar);
            Write(sidecar, record);
            data = volume.Create(name.Text);
            if (syncs)
            {
                sidecar.Sync();
                volume.SyncDirectory();
            }

            return new EventFile(name, data, sidecar, syncs, record);
        }
        catch
        {
            data?.Dispose();
            sidecar?.Dispose();
            Discard(volume, name, data is not null, sidecar is not null);
            throw;
        }
    }

    /// <summary>Appends a batch, whole or not at all.</summary>
    public void Append(ReadOnlySpan<byte> batch, int events)
    {
        if (_inDoubt)
        {
            Restore();
        }

        CommitPoint last = _record.Last;
        _inDoubt = true;
        try
        {
            _data.Write(batch, last.Length);
            Sync(_data);
            CommitRecord next = _record.Next(
                new CommitPoint(last.Length + batch.Length, last.Events + events, Crc32C.Append(last.Checksum, batch)));
            Write(_sidecar, next);
            Sync(_sidecar);
            _record = next;
            _inDoubt = false;
        }
        catch
        {
            TryRestore();
            throw;
        }
    }

    /// <summary>Flushes what was appended to the device.</summary>
    public void Sync()
    {
        SyncOrSuspect(_data);
        SyncOrSuspect(_sidecar);
    }

    /// <summary>Notes that nothing more will be appended.</summary>
    public void Seal()
    {
        if (_inDoubt)
        {
            Restore();
        }

        CommitRecord sealedRecord = _record with { Generation = _record.Generation + 1, IsSealed = true };
        Write(_sidecar, sealedRecord);
        Sync(_sidecar);
        _record = sealedRecord;
    }

    public void Dispose()
    {
        _data.Dispose();
        _sidecar.Dispose();
    }

    internal static void Write(IVolumeFile sidecar, CommitRecord record)
    {
        Span<byte> bytes = stackalloc byte[CommitRecord.SidecarBytes];
        record.WriteTo(bytes);
        sidecar.Write(bytes, 0);
    }

    private static void Discard(IFileVolume volume, EventFileName name, bool data, bool sidecar)
    {
        try
        {
            if (data)
            {
                volume.Delete(name.Text);
            }

            if (sidecar)
            {
                volume.Delete(name.Sidecar);
            }
        }
        catch (IOException)
        {
            // Left as it is: it has no committed content, and the next start takes it away.
        }
    }

    private void Sync(IVolumeFile file)
    {
        if (_syncs)
        {
            SyncOrSuspect(file);
        }
    }

    private void SyncOrSuspect(IVolumeFile file)
    {
        try
        {
            file.Sync();
        }
        catch
        {
            IsSuspect = true;
            throw;
        }
    }

    // The record goes first: were the data cut first and the rest failed, the sidecar would promise bytes that are gone.
    private void Restore()
    {
        _record = _record with { Generation = _record.Generation + 2 };
        Write(_sidecar, _record);
        _data.Cut(_record.Last.Length);
        _inDoubt = false;
    }

    private void TryRestore()
    {
        try
        {
            Restore();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Still in doubt: the next append begins with restoring, and reports why it cannot.
        }
    }
}
