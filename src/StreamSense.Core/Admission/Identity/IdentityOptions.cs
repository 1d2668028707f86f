namespace StreamSense.Core.Admission.Identity;

/// <summary>How devices, viewers and households are joined.</summary>
/// <remarks>Read when a pipeline or a closed set is made.</remarks>
public sealed class IdentityOptions
{
    /// <summary>Whose the events of a device are on which somebody logs in.</summary>
    /// <value><see cref="IdentityPolicy.FromLogin"/>.</value>
    public IdentityPolicy Policy { get; set; } = IdentityPolicy.FromLogin;

    /// <summary>How many devices are remembered with their last logins and logouts; then the one longest without is forgotten.</summary>
    /// <value>131,072, at most 27 MiB in each shard.</value>
    public int MaxDevices { get; set; } = 131_072;

    /// <summary>How many viewers are remembered with their households; then the one whose profile is oldest is forgotten.</summary>
    /// <value>131,072, at most 12 MiB in each shard.</value>
    public int MaxViewers { get; set; } = 131_072;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDevices, 1, nameof(MaxDevices));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxViewers, 1, nameof(MaxViewers));
    }
}
