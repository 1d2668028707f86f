namespace StreamSense.Core.Buffering;

/// <summary>What became of an event that was handed to a buffer.</summary>
public enum WriteOutcome : byte
{
    /// <summary>The buffer has it.</summary>
    Written = 0,

    /// <summary>The buffer is full and its mode is to say so: the caller keeps the event and may try again.</summary>
    Full = 1,

    /// <summary>The buffer is full and its mode is to drop: the event is gone and was counted.</summary>
    Dropped = 2,

    /// <summary>The event can never fit (its annex is larger than the buffer's limit), or the buffer is closed; it was counted.</summary>
    Refused = 3,
}
