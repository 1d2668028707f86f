namespace StreamSense.Core.Delivery;

/// <summary>What a delivery is doing.</summary>
public enum DeliveryState : byte
{
    /// <summary>It waits for events, or for a batch to fill.</summary>
    Gathering = 0,

    /// <summary>Its sink is writing a batch.</summary>
    Writing = 1,

    /// <summary>Its sink failed; the batch is tried again after a delay.</summary>
    BackingOff = 2,

    /// <summary>It has stopped: it takes and delivers nothing more.</summary>
    Stopped = 3,
}
