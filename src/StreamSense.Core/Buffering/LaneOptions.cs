namespace StreamSense.Core.Buffering;

/// <summary>The bounds of the lanes through which writers reach a shard.</summary>
public sealed class LaneOptions
{
    /// <summary>How many events a lane holds; rounded up to a power of two.</summary>
    /// <value>Default 16,384 (2 MiB).</value>
    public int SlotCount { get; set; } = 16_384;

    /// <summary>How many bytes of annexes a lane holds; rounded up to a power of two.</summary>
    /// <value>Default 4 MiB, of which only what is used becomes resident.</value>
    public int AnnexBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The longest annex that an event may have, in bytes; at most a quarter of <see cref="AnnexBytes"/>.</summary>
    /// <value>Default 16 KiB.</value>
    public int MaxAnnexBytesPerEvent { get; set; } = 16 * 1024;

    /// <summary>How many lanes a shard may have at once, which is how many writers can be rented.</summary>
    /// <value>Default 64.</value>
    public int MaxLanes { get; set; } = 64;

    /// <summary>How many lanes of returned writers are kept for the next.</summary>
    /// <value>Default 4.</value>
    public int MaxIdleLanes { get; set; } = 4;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        RingOptions.RequireValid(SlotCount, AnnexBytes, MaxAnnexBytesPerEvent);
        RequireValid(MaxLanes, MaxIdleLanes);
    }

    private static void RequireValid(int maxLanes, int maxIdleLanes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLanes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maxIdleLanes);
    }
}
