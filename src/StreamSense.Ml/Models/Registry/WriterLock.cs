namespace StreamSense.Ml.Models.Registry;

/// <summary>Says that a registry has its writer: an exclusive handle on a file, which the system releases with the process.</summary>
/// <remarks>Advisory on Unix (<c>flock</c>), and no better than the file system: some network file systems ignore it.</remarks>
internal sealed class WriterLock : IDisposable
{
    private const string FileName = ".writer";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);

    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Waits until no other writer is there.</summary>
    /// <param name="folder">The registry.</param>
    /// <param name="wait">How long at most.</param>
    /// <param name="time">Measures it.</param>
    /// <exception cref="ModelRegistryException">Another writer was there all the time.</exception>
    public static WriterLock Take(string folder, TimeSpan wait, TimeProvider time)
    {
        string path = Path.Combine(folder, FileName);
        long start = time.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                return new WriterLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException inUse) when (inUse is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (time.GetElapsedTime(start) >= wait)
                {
                    throw new ModelRegistryException($"Another process is writing to the registry {folder}; try again.", inUse);
                }
            }

            // Nothing tells when a lock on a file is released: to look again after a while is all there is.
            never.Wait(_pause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
