namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>The bounds of a <see cref="FileDecisionLog"/>.</summary>
/// <remarks>
/// Memory: <see cref="BufferBytes"/>, a quarter of it again for writing, and a few kilobytes. Disk: at most <see cref="MaxFiles"/> ×
/// (<see cref="MaxFileBytes"/> + a ranking), and at most about <see cref="MaxTotalBytes"/>.
/// </remarks>
public sealed class DecisionLogOptions
{
    private const int LeastBuffer = 64 * 1024;
    private const int GreatestBuffer = 1 << 30;
    private const long LeastFile = 4096;

    /// <summary>How many bytes of rankings may wait for the writing thread. A ranking takes 12 bytes a candidate, four a feature
    /// value.</summary>
    /// <value>Default 8 MiB: some 600 rankings of 100 candidates × 30 features; a power of two from 64 KiB to 1 GiB.</value>
    public int BufferBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long a file grows before the next one is begun.</summary>
    /// <value>Default 64 MiB; at least 4 KiB.</value>
    public long MaxFileBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many files are kept; the oldest are deleted.</summary>
    /// <value>Default 64; at least 2.</value>
    public int MaxFiles { get; set; } = 64;

    /// <summary>How many bytes are kept in all files together; the oldest files are deleted, the one being written never.</summary>
    /// <value>Default 4 GiB; at least <see cref="MaxFileBytes"/>.</value>
    public long MaxTotalBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How long a ranking waits at most to be handed to the operating system; sooner when the buffer is half full.</summary>
    /// <value>Default 250 ms; from 1 ms to a minute.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether each flush also waits until the disk has the bytes: survives a loss of power, at the cost of throughput.</summary>
    /// <value>Default false: what was flushed survives the process, not the machine.</value>
    public bool SyncToDisk { get; set; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferBytes, LeastBuffer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BufferBytes, GreatestBuffer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(int.PopCount(BufferBytes), 1, nameof(BufferBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, LeastFile);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFiles, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTotalBytes, MaxFileBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(FlushInterval, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FlushInterval, TimeSpan.FromMinutes(1));
    }

    internal DecisionLogOptions Copy() => (DecisionLogOptions)MemberwiseClone();
}
