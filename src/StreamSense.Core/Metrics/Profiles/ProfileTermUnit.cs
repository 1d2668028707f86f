namespace StreamSense.Core.Metrics.Profiles;

/// <summary>What a <see cref="ProfileTerm"/> is counted in.</summary>
public enum ProfileTermUnit
{
    /// <summary>Whole numbers.</summary>
    Count,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Kilobits, from kilobits a second × seconds of media.</summary>
    Kilobits,

    /// <summary>Points of a score.</summary>
    Points,
}
