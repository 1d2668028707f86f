namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>What became of a trial.</summary>
internal enum TrialState : byte
{
    /// <summary>There was none.</summary>
    None = 0,

    /// <summary>It goes on.</summary>
    Open = 1,

    /// <summary>It was paid for.</summary>
    Converted = 2,

    /// <summary>It expired, or its period is over.</summary>
    Ended = 3,
}
