namespace StreamSense.Core.Events;

/// <summary>Which track changed.</summary>
public enum TrackType : byte
{
    /// <summary>Not given.</summary>
    None = 0,

    /// <summary>The audio track.</summary>
    Audio = 1,

    /// <summary>The subtitle track.</summary>
    Subtitle = 2,
}
