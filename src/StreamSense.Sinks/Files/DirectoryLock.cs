namespace StreamSense.Sinks.Files;

/// <summary>Says that a directory has its writer: an exclusive handle on a lock file, which the system releases with the process.</summary>
/// <remarks>Advisory on Unix (<c>flock</c>), and no better than the file system: some network file systems ignore it.</remarks>
internal sealed class DirectoryLock : IDisposable
{
    public const string FileName = ".streamsense-lock";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    public static DirectoryLock Take(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException inUse) when (inUse is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new IOException(
                $"The directory '{directory}' has a writer already: another sink, in this process or another one, holds '{path}'. "
                + "Dispose of that sink first, or give each its own directory.",
                inUse);
        }
    }

    public void Dispose() => _file.Dispose();
}
