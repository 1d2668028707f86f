using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Buffering;

/// <summary>Which shard an event belongs to.</summary>
/// <remarks>
/// The same in every process: all events of a view meet in one shard, as do the events without a view of a viewer or a device.
/// </remarks>
public static class ShardRouting
{
    /// <summary>The shard of an event: by its view, else its viewer, else its device, else its id.</summary>
    /// <param name="streamEvent">The event.</param>
    /// <param name="shardCount">How many shards there are, at least 1.</param>
    /// <returns>A number from 0 to <paramref name="shardCount"/> - 1.</returns>
    public static int ShardOf(in StreamEvent streamEvent, int shardCount)
    {
        if (shardCount == 1)
        {
            return 0;
        }

        ulong key = !streamEvent.View.IsNone ? streamEvent.View.Value
            : !streamEvent.Viewer.IsNone ? streamEvent.Viewer.Value
            : !streamEvent.Device.IsNone ? streamEvent.Device.Value
            : streamEvent.Id.Value;

        // The finaliser of MurmurHash3 (Appleby): every bit of the key moves every bit of the result. The high half scaled to the
        // number of shards is as even as a remainder, and cheaper.
        key ^= key >> 33;
        key *= 0xff51afd7ed558ccdUL;
        key ^= key >> 33;
        key *= 0xc4ceb9fe1a85ec53UL;
        key ^= key >> 33;
        return (int)(((key >> 32) * (ulong)shardCount) >> 32);
    }

    /// <summary>
    /// Whether every other shard gets a copy: a request without preload may end views of the same device there; a login, logout or profile
    /// says whose the events of views there are.
    /// </summary>
    internal static bool GoesToAll(in StreamEvent streamEvent, int shardCount)
    {
        if (shardCount == 1)
        {
            return false;
        }

        return streamEvent.Kind switch
        {
            EventKind.PlaybackRequest => !streamEvent.Device.IsNone && !streamEvent.ReadPayload<PlaybackRequestPayload>().Preload,
            EventKind.Login or EventKind.Logout or EventKind.Profile => true,
            _ => false,
        };
    }
}
