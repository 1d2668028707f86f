namespace StreamSense.Core.Admission.Identity;

/// <summary>What is known of who is who, and what was joined by it.</summary>
/// <remarks>Mergeable: the sums of the shards. Each shard knows all devices and viewers.</remarks>
public readonly record struct IdentityCounts
{
    /// <summary>Devices with a login or logout that is remembered, summed over the shards.</summary>
    public long Devices { get; init; }

    /// <summary>Viewers with a household that is remembered, summed over the shards.</summary>
    public long Viewers { get; init; }

    /// <summary>Devices that were forgotten to make room for others.</summary>
    public long DevicesEvicted { get; init; }

    /// <summary>Viewers that were forgotten to make room for others.</summary>
    public long ViewersEvicted { get; init; }

    /// <summary>Events that did not say whose they were and were found to be a viewer's.</summary>
    public long EventsJoined { get; init; }

    /// <summary>The counts of two shards.</summary>
    /// <param name="left">One shard's.</param>
    /// <param name="right">The other's.</param>
    public static IdentityCounts Merge(IdentityCounts left, IdentityCounts right) => new()
    {
        Devices = left.Devices + right.Devices,
        Viewers = left.Viewers + right.Viewers,
        DevicesEvicted = left.DevicesEvicted + right.DevicesEvicted,
        ViewersEvicted = left.ViewersEvicted + right.ViewersEvicted,
        EventsJoined = left.EventsJoined + right.EventsJoined,
    };
}
