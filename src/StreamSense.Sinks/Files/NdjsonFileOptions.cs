namespace StreamSense.Sinks.Files;

/// <summary>How large and old the files of a <see cref="NdjsonFileSink"/> get, and how many are kept.</summary>
/// <remarks>Immutable once made; each value is checked where it is set, the bounds against each other by the sink.</remarks>
public sealed class NdjsonFileOptions
{
    /// <summary>A file that would grow beyond this many bytes is closed before; a batch that is larger gets a file of its own.</summary>
    /// <value>64 MiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long MaxFileBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 64L << 20;

    /// <summary>A file older than this is closed before the next batch; the sink never closes one by itself while no batch comes.</summary>
    /// <value>One day.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan MaxFileAge
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    }
    = TimeSpan.FromDays(1);

    /// <summary>The oldest files are deleted, and counted, before the sink's files take more bytes than this; at least twice a
    /// file.</summary>
    /// <value>1 GiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long MaxTotalBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 1L << 30;

    /// <summary>The oldest files are deleted, and counted, before there are more than this, the one being written included.</summary>
    /// <value>4,096.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 2.</exception>
    public int MaxFiles
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 2);
            field = value;
        }
    }
    = 4_096;

    /// <summary>Whether each batch is flushed to the device before it counts as written.</summary>
    /// <remarks>
    /// Without it a batch is with the operating system: it outlasts the end of the process, however that comes, but a loss of power may
    /// take
    /// the last seconds, or leave a file that recovery has to cut back. With it a batch also outlasts that, as far as file system and
    /// device
    /// tell the truth, at the price of three to four flushes a batch (commonly 0.1 to 10 ms each). A failed flush is noticed on Linux
    /// and Windows; on macOS data may still be in the drive's cache. <see cref="NdjsonFileSink.FlushAsync"/> always flushes.
    /// </remarks>
    /// <value>False.</value>
    public bool FlushToDisk { get; init; }
}
