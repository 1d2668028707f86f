using System.Numerics;

namespace StreamSense.Core.Buffering;

/// <summary>The bounds of the sequenced ring of a shard.</summary>
public sealed class RingOptions
{
    /// <summary>How many events the ring holds; rounded up to a power of two.</summary>
    /// <value>Default 65,536 (8 MiB).</value>
    public int SlotCount { get; set; } = 65_536;

    /// <summary>How many bytes of annexes the ring holds; rounded up to a power of two.</summary>
    /// <value>Default 16 MiB.</value>
    public int AnnexBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The longest annex that an event may have, in bytes.</summary>
    /// <value>Default 16 KiB, as in <see cref="LaneOptions"/>.</value>
    public int MaxAnnexBytesPerEvent { get; set; } = 16 * 1024;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate() => RequireValid(SlotCount, AnnexBytes, MaxAnnexBytesPerEvent);

    internal static void RequireValid(int slotCount, int annexBytes, int maxAnnexBytesPerEvent)
    {
        const int MostSlots = 1 << 23;
        const int MostBytes = 1 << 30;
        ArgumentOutOfRangeException.ThrowIfLessThan(slotCount, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slotCount, MostSlots);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAnnexBytesPerEvent, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(annexBytes, MostBytes);

        // Any annex must fit into an empty ring wherever its head stands.
        ArgumentOutOfRangeException.ThrowIfLessThan(annexBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxAnnexBytesPerEvent, annexBytes / 4);
    }

    internal static int PowerOfTwo(int value) => (int)BitOperations.RoundUpToPowerOf2((uint)value);
}
