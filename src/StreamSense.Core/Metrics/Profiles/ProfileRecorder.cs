using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>Adds up the sessions of a shard for the profiles.</summary>
/// <remarks>The shard's thread only. Allocates nothing; its size is that of <see cref="ProfileSums"/>.</remarks>
internal sealed class ProfileRecorder : IPlaybackSessionConsumer
{
    private ProfileSums _sums;

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => _sums.Add(session, 1);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => _sums.Add(session, -1);

    /// <summary>A copy of the sums.</summary>
    public ProfilePartial Snapshot() => new(_sums);
}
