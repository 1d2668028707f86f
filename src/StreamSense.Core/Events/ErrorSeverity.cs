namespace StreamSense.Core.Events;

/// <summary>Whether playback could go on after an error.</summary>
public enum ErrorSeverity : byte
{
    /// <summary>Not given.</summary>
    None = 0,

    /// <summary>Playback went on.</summary>
    Warning = 1,

    /// <summary>Playback ended.</summary>
    Fatal = 2,
}
