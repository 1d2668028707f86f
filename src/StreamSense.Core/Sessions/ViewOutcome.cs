namespace StreamSense.Core.Sessions;

/// <summary>What became of an attempt; together with those still starting a partition of the attempts.</summary>
public enum ViewOutcome : byte
{
    /// <summary>It had a content frame and ended without a fatal error.</summary>
    Played = 0,

    /// <summary>It had a content frame and ended by a fatal error.</summary>
    PlaybackFailure = 1,

    /// <summary>It ended before a content frame by a fatal error that was not of business.</summary>
    StartFailure = 2,

    /// <summary>It ended before a content frame by a fatal error of business.</summary>
    StartDenial = 3,

    /// <summary>It ended before a content frame otherwise, and before an ad.</summary>
    ExitBeforeStart = 4,

    /// <summary>It ended before a content frame otherwise, after an ad had started.</summary>
    ExitInPreroll = 5,
}
