using StreamSense.Sinks.Files;

namespace StreamSense.Sinks.Tests.Files;

/// <summary>Files in memory whose operations fail, or end the process, where a test says.</summary>
internal sealed class MemoryVolume : IFileVolume
{
    private readonly Dictionary<string, List<byte>> _files = new(StringComparer.Ordinal);
    private bool _crashed;

    /// <summary>After how many more bytes written the process ends, in the middle of a write; null for never.</summary>
    public long? BytesUntilCrash { get; set; }

    /// <summary>After how many more changing operations the process ends; null for never.</summary>
    public int? StepsUntilCrash { get; set; }

    /// <summary>How many bytes more fit on the disk; null for any number. Bytes within a file need no room.</summary>
    public long? FreeBytes { get; set; }

    /// <summary>Whether an operation fails, by its name and that of the file.</summary>
    public Func<string, string, bool>? Fails { get; set; }

    public long BytesWritten { get; private set; }

    public int Steps { get; private set; }

    public List<byte> this[string name] => _files[name];

    /// <summary>What the disk holds, as another process finds it.</summary>
    public MemoryVolume Reboot()
    {
        var copy = new MemoryVolume();
        foreach ((string name, List<byte> bytes) in _files)
        {
            copy._files.Add(name, [.. bytes]);
        }

        return copy;
    }

    public void Put(string name, byte[] bytes) => _files[name] = [.. bytes];

    public IReadOnlyList<string> List() => [.. _files.Keys];

    public IVolumeFile Create(string name)
    {
        Step("create", name);
        if (!_files.TryAdd(name, []))
        {
            throw new IOException("The file exists.");
        }

        return new MemoryFile(this, name, _files[name]);
    }

    public IVolumeFile Open(string name, bool forWriting) =>
        _files.TryGetValue(name, out List<byte>? bytes) ? new MemoryFile(this, name, bytes) : throw new FileNotFoundException(name);

    public void Delete(string name)
    {
        Step("delete", name);
        _files.Remove(name);
    }

    public void SyncDirectory() => Step("sync", "");

    private void Step(string operation, string name)
    {
        if (_crashed || StepsUntilCrash-- <= 0)
        {
            _crashed = true;
            throw new CrashException();
        }

        Steps++;
        if (Fails?.Invoke(operation, name) == true)
        {
            throw new IOException($"{operation} {name} fails");
        }
    }

    internal sealed class CrashException : Exception;

    private sealed class MemoryFile(MemoryVolume volume, string name, List<byte> bytes) : IVolumeFile
    {
        public long Length => bytes.Count;

        public int Read(Span<byte> destination, long offset)
        {
            int count = (int)Math.Clamp(bytes.Count - offset, 0, destination.Length);
            for (int i = 0; i < count; i++)
            {
                destination[i] = bytes[(int)offset + i];
            }

            return count;
        }

        public void Write(ReadOnlySpan<byte> data, long offset)
        {
            volume.Step("write", name);
            for (int i = 0; i < data.Length; i++)
            {
                if (volume.BytesUntilCrash-- <= 0)
                {
                    volume._crashed = true;
                    throw new CrashException();
                }

                Set((int)offset + i, data[i]);
                volume.BytesWritten++;
            }
        }

        public void Cut(long length)
        {
            volume.Step("cut", name);
            bytes.RemoveRange((int)length, bytes.Count - (int)length);
        }

        public void Sync() => volume.Step("sync", name);

        public void Dispose()
        {
        }

        private void Set(int at, byte value)
        {
            if (at < bytes.Count)
            {
                bytes[at] = value;
                return;
            }

            if (volume.FreeBytes-- <= 0)
            {
                throw new IOException("No space left on device");
            }

            bytes.Add(value);
        }
    }
}
