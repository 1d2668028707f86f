using Microsoft.Win32.SafeHandles;
using StreamSense.Core.Buffering;

namespace StreamSense.Sinks.Files;

/// <summary>A directory of the file system.</summary>
/// <remarks>Files are made for the owner alone: what people watched is nobody else's business, pseudonyms or not.</remarks>
internal sealed class DiskVolume(string directory) : IFileVolume
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the directory, with rights for the owner alone, if it does not exist.</summary>
    public static DiskVolume OpenOrCreate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }

        return new DiskVolume(directory);
    }

    public IReadOnlyList<string> List() => Array.ConvertAll(Directory.GetFiles(directory), path => Path.GetFileName(path));

    public IVolumeFile Create(string name)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new DiskFile(new FileStream(Path.Combine(directory, name), options));
    }

    public IVolumeFile Open(string name, bool forWriting) => new DiskFile(new FileStream(
        Path.Combine(directory, name),
        FileMode.Open,
        forWriting ? FileAccess.ReadWrite : FileAccess.Read,
        (forWriting ? FileShare.Read : FileShare.ReadWrite) | FileShare.Delete,
        bufferSize: 0));

    public void Delete(string name) => File.Delete(Path.Combine(directory, name));

    public void SyncDirectory() => DeviceFlush.Folder(directory);

    // The stream is only the owner of the handle: nothing is read or written through it.
    private sealed class DiskFile(FileStream stream) : IVolumeFile
    {
        private readonly SafeFileHandle _handle = stream.SafeFileHandle;

        public long Length => RandomAccess.GetLength(_handle);

        public int Read(Span<byte> destination, long offset) => RandomAccess.Read(_handle, destination, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

        public void Cut(long length) => RandomAccess.SetLength(_handle, length);

        public void Sync() => DeviceFlush.File(_handle, stream.Name);

        public void Dispose() => stream.Dispose();
    }
}
