using StreamSense.Core.Buffering;

namespace StreamSense.Ml.Models;

/// <summary>Writes a file whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>How the names of files end that are not yet whole.</summary>
    public const string Unfinished = ".tmp";

    private const int BufferBytes = 1 << 16;

    /// <summary>Writes beside the path, flushes to the device, and renames.</summary>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written, flushed or renamed; or another writer is at it.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string unfinished = path + Unfinished;
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes))
        {
            write(stream);
            stream.Flush();
            DeviceFlush.File(stream.SafeFileHandle, path);
        }

        File.Move(unfinished, path, overwrite: true);
        DeviceFlush.Folder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
