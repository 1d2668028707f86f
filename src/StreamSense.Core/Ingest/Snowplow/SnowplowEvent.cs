namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>The events of Snowplow's media schemas, version 2, in the order of <see cref="SnowplowEvents.Names"/>.</summary>
internal enum SnowplowEvent
{
    None,
    Ready,
    Play,
    Pause,
    End,
    SeekStart,
    SeekEnd,
    PlaybackRateChange,
    VolumeChange,
    FullscreenChange,
    PictureInPictureChange,
    Ping,
    PercentProgress,
    BufferStart,
    BufferEnd,
    QualityChange,
    Error,
    AdBreakStart,
    AdBreakEnd,
    AdStart,
    AdQuartile,
    AdComplete,
    AdSkip,
    AdClick,
    AdPause,
    AdResume,
}
