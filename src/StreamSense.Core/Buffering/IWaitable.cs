namespace StreamSense.Core.Buffering;

/// <summary>Something one can wait for: data in a buffer, or room in it.</summary>
public interface IWaitable
{
    /// <summary>The gate that is signalled whenever <see cref="IsReady"/> may have become true.</summary>
    WaitGate Gate { get; }

    /// <summary>Whether there is no reason (any more) to wait.</summary>
    /// <remarks>Asked by the waiting thread only; also true when waiting has become pointless because the buffer was closed.</remarks>
    bool IsReady { get; }
}
