namespace StreamSense.Core.Delivery;

/// <summary>Takes the next chunk of a replay.</summary>
/// <param name="chunk">The bytes; valid until the call returns.</param>
public delegate void ReplayFeed(ReadOnlySpan<byte> chunk);
