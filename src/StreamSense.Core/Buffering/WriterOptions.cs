namespace StreamSense.Core.Buffering;

/// <summary>How a writer behaves when a lane is full.</summary>
public sealed class WriterOptions
{
    /// <summary>What to do with an event that finds no room.</summary>
    /// <value>Default <see cref="FullMode.Wait"/>.</value>
    public FullMode FullMode { get; set; } = FullMode.Wait;

    /// <summary>How to wait with <see cref="FullMode.Wait"/>.</summary>
    /// <value>Default <see cref="WaitStrategy.Block"/>.</value>
    public WaitStrategy WaitStrategy { get; set; } = WaitStrategy.Block;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate() => RequireValid(FullMode, WaitStrategy);

    private static void RequireValid(FullMode fullMode, WaitStrategy waitStrategy)
    {
        if (fullMode > FullMode.ShedHeartbeats)
        {
            throw new ArgumentOutOfRangeException(nameof(fullMode), fullMode, "There is no such mode.");
        }

        ArgumentNullException.ThrowIfNull(waitStrategy);
    }
}
