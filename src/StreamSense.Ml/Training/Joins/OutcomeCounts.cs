namespace StreamSense.Ml.Training.Joins;

/// <summary>What became of the rows of rankings and of the outcomes: each is counted once.</summary>
/// <remarks>Of closed rankings: <c>Slots = Joined + WithoutOutcome + Censored + NotSeen + NoRoom</c>.</remarks>
public readonly record struct OutcomeCounts
{
    /// <summary>How many rankings were taken.</summary>
    public long Rankings { get; init; }

    /// <summary>How many rankings chose nothing, as those of a shadow model, and were left out.</summary>
    public long WithoutSlate { get; init; }

    /// <summary>How many rankings came again with a request that is known, and were left out.</summary>
    public long Duplicates { get; init; }

    /// <summary>How many rankings were left out because they have other features.</summary>
    public long OtherLayout { get; init; }

    /// <summary>How many rankings were closed early to make room.</summary>
    public long ClosedEarly { get; init; }

    /// <summary>How many slots the closed rankings have.</summary>
    public long Slots { get; init; }

    /// <summary>How many of them are rows of which something came.</summary>
    public long Joined { get; init; }

    /// <summary>How many are rows of which nothing came.</summary>
    public long WithoutOutcome { get; init; }

    /// <summary>How many make no row because the viewer left for the quality.</summary>
    public long Censored { get; init; }

    /// <summary>How many make no row because they were not seen.</summary>
    public long NotSeen { get; init; }

    /// <summary>How many make no row because there were too many rows.</summary>
    public long NoRoom { get; init; }

    /// <summary>How many outcomes (impressions, clicks, views, ratings and so on) were credited.</summary>
    public long Outcomes { get; init; }

    /// <summary>How many outcomes name a request that was never taken, or a title that it did not choose.</summary>
    public long WithoutDecision { get; init; }

    /// <summary>How many outcomes came when their ranking was closed, or outside its window.</summary>
    public long Late { get; init; }
}
