namespace StreamSense.Core.Events;

/// <summary>Why a player waits for data.</summary>
public enum BufferReason : byte
{
    /// <summary>Not given.</summary>
    None = 0,

    /// <summary>At the start of playback.</summary>
    Initial = 1,

    /// <summary>After a seek.</summary>
    Seek = 2,

    /// <summary>The network was too slow.</summary>
    Connection = 3,

    /// <summary>For an ad.</summary>
    Ad = 4,

    /// <summary>The player does not know.</summary>
    Unknown = 5,
}
