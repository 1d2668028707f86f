namespace StreamSense.Core.Sessions;

/// <summary>Takes the sessions of a shard as they close.</summary>
/// <remarks>
/// Called by the shard's thread. A correction comes as the retraction of the version that was given before, followed by the new one;
/// nothing else lies between the two. Allocates nothing per session once warm, and throws only for defects.
/// </remarks>
public interface IPlaybackSessionConsumer
{
    /// <summary>A session has closed, or comes corrected.</summary>
    /// <param name="session">The session; not to be kept by reference.</param>
    /// <param name="watched">What it played, in the order in which it played it, replays included; not to be kept.</param>
    void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched);

    /// <summary>A session that was added is void: what it added is to be taken back.</summary>
    /// <param name="session">Exactly what <see cref="Add"/> was given.</param>
    /// <param name="watched">Exactly what <see cref="Add"/> was given.</param>
    void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched);
}
