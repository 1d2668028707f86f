namespace StreamSense.Core.Events;

/// <summary>Why a view ended.</summary>
public enum EndReason : byte
{
    /// <summary>Not given.</summary>
    None = 0,

    /// <summary>The content was played to its end.</summary>
    Completed = 1,

    /// <summary>The viewer left.</summary>
    Quit = 2,

    /// <summary>A fatal error.</summary>
    Error = 3,

    /// <summary>The player gave up waiting, or the view fell silent.</summary>
    Timeout = 4,

    /// <summary>The same player was asked for another title.</summary>
    Superseded = 5,
}
