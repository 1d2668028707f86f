namespace StreamSense.Core.Buffering;

/// <summary>What a writer does when its lane is full.</summary>
public enum FullMode : byte
{
    /// <summary>Waits until there is room: nothing is lost and the producer slows down.</summary>
    Wait = 0,

    /// <summary>Says so at once (<see cref="WriteOutcome.Full"/>): the caller decides, an HTTP endpoint answers 503.</summary>
    Reject = 1,

    /// <summary>Drops the new event and counts it.</summary>
    DropNewest = 2,

    /// <summary>
    /// Drops and counts heartbeats and media requests once a lane is three quarters full, so that requests, ends and billing
    /// find room; drops and counts those too only when the lane is full.
    /// </summary>
    ShedHeartbeats = 3,
}
