namespace StreamSense.Core.Tests.Sessions;

/// <summary>The region of playback in which a player was.</summary>
internal enum RequetState
{
    /// <summary>Waiting for media.</summary>
    Buffering,

    /// <summary>Stopped by the viewer.</summary>
    Paused,

    /// <summary>Playing.</summary>
    Playing,
}
