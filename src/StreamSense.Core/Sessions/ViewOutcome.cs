namespace StreamSense.Core.Sessions;

/// <summary>What became of an attempt; together with those still starting a partition of the attempts.</summary>
internal enum ViewOutcome : byte
{
    /// <summary>It had a content frame and ended without a fatal error.</summary>
    Played = 0,

    /// <summary>It had a content frame and ended by a fatal error.</summary>
    PlaybackFailure = 1,

    StartFailure = 2,
    StartDenial = 3,
    ExitBeforeStart = 4,
    ExitInPreroll = 5,
}
