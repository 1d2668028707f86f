namespace StreamSense.Core.Events;

/// <summary>Which media a bitrate speaks of.</summary>
public enum MediaType : byte
{
    /// <summary>Video and audio together; what an event without a media type speaks of.</summary>
    AudioVideo = 0,

    /// <summary>Video alone.</summary>
    Video = 1,

    /// <summary>Audio alone.</summary>
    Audio = 2,
}
