namespace StreamSense.Core.Events;

/// <summary>What a player says of itself in a heartbeat.</summary>
public enum PlayerState : byte
{
    /// <summary>The heartbeat carries no state.</summary>
    Unknown = 0,

    /// <summary>No frame yet.</summary>
    Starting = 1,

    /// <summary>Playing.</summary>
    Playing = 2,

    /// <summary>Waiting for data.</summary>
    Rebuffering = 3,

    /// <summary>Seeking.</summary>
    Seeking = 4,

    /// <summary>Paused by the viewer.</summary>
    Paused = 5,
}
