namespace StreamSense.Ml.Features.Segments;

/// <summary>The ten segments into which scores of recency and frequency divide an audience.</summary>
/// <remarks>The usual table of marketing: each of the 25 pairs of scores belongs to exactly one. Written as (recency; frequency).</remarks>
public enum RfmSegment
{
    /// <summary>Came just now and come often (5; 4-5).</summary>
    Champions = 0,

    /// <summary>Come often, not long ago (3-4; 4-5).</summary>
    Loyal = 1,

    /// <summary>Came lately, and more than once (4-5; 2-3).</summary>
    PotentialLoyalists = 2,

    /// <summary>Came just now, for about the first time (5; 1).</summary>
    New = 3,

    /// <summary>Came lately, for about the first time (4; 1).</summary>
    Promising = 4,

    /// <summary>Middling in both (3; 3).</summary>
    NeedAttention = 5,

    /// <summary>Some time ago, and seldom (3; 1-2).</summary>
    AboutToSleep = 6,

    /// <summary>Came often, and have not for long (1-2; 3-4).</summary>
    AtRisk = 7,

    /// <summary>Came the most often, and have not for long (1-2; 5).</summary>
    CannotLose = 8,

    /// <summary>Seldom and long ago (1-2; 1-2).</summary>
    Hibernating = 9,
}
