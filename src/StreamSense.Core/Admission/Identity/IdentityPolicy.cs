namespace StreamSense.Core.Admission.Identity;

/// <summary>Whether, and from when, what a device did without a viewer belongs to the viewer who logs in on it.</summary>
/// <remarks>A value; thread-safe. Without consent to personalisation nothing joins, whatever the policy.</remarks>
public readonly record struct IdentityPolicy
{
    private readonly long _lookBackMicroseconds;
    private readonly bool _joins;

    private IdentityPolicy(bool joins, long lookBackMicroseconds)
    {
        _joins = joins;
        _lookBackMicroseconds = lookBackMicroseconds;
    }

    /// <summary>Events are whose they say; a login tells nothing of others.</summary>
    public static IdentityPolicy Never => default;

    /// <summary>Events of a device between a login and what ends it are the viewer's.</summary>
    public static IdentityPolicy FromLogin => new(joins: true, 0);

    /// <summary>Whether a login says whose the events of its device are.</summary>
    public bool Joins => _joins;

    /// <summary>How far before a login the viewer's time on the device begins.</summary>
    public TimeSpan LookBack => TimeSpan.FromMicroseconds(_lookBackMicroseconds);

    /// <summary>As <see cref="FromLogin"/>, and what the device did without a viewer shortly before is theirs, too.</summary>
    /// <remarks>Never beyond the login or logout before it. Only for devices that one person uses: the visitor before a login on the
    /// television of a living room may have been somebody else.</remarks>
    /// <param name="lookBack">How long before the login, at most 30 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative or longer.</exception>
    public static IdentityPolicy WithHistory(TimeSpan lookBack)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lookBack, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lookBack, TimeSpan.FromDays(30));
        return new IdentityPolicy(joins: true, lookBack.Ticks / TimeSpan.TicksPerMicrosecond);
    }
}
