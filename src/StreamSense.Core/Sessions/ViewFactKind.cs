namespace StreamSense.Core.Sessions;

/// <summary>Which moment of a view a <see cref="ViewFact"/> tells of.</summary>
public enum ViewFactKind : byte
{
    /// <summary>The view became an attempt: a request without preload, or a view first seen playing.</summary>
    Requested = 0,

    /// <summary>The first content frame was shown: the attempt became a play.</summary>
    FirstFrame = 1,

    /// <summary>A heartbeat of a play.</summary>
    Progress = 2,

    /// <summary>The view ended; nothing follows.</summary>
    Ended = 3,

    /// <summary>A viewer logged in on a device: what it did without a viewer since <see cref="ViewFact.JoinsSince"/> is theirs. Of no
    /// view.</summary>
    Joined = 4,
}
