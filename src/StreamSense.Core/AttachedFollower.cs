using StreamSense.Core.Buffering;
using StreamSense.Core.Sessions;

namespace StreamSense.Core;

/// <summary>Stands in the pipeline for a follower that can only be made when the pipeline is.</summary>
/// <remarks>The follower is set before anything is handed to it, and not changed after.</remarks>
internal sealed class AttachedFollower : IEventConsumer, IViewFactConsumer, IPlaybackSessionConsumer, IDisposable
{
    private IEventConsumer? _events;
    private IViewFactConsumer? _facts;
    private IPlaybackSessionConsumer? _sessions;

    /// <summary>Sets the follower.</summary>
    public void Take<T>(T follower)
        where T : class, IEventConsumer, IViewFactConsumer, IPlaybackSessionConsumer
    {
        ArgumentNullException.ThrowIfNull(follower);
        _events = follower;
        _facts = follower;
        _sessions = follower;
    }

    /// <inheritdoc/>
    public void Consume(in EventBatch batch) => _events?.Consume(batch);

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts) => _facts?.Consume(facts);

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => _sessions?.Add(session, watched);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => _sessions?.Retract(session, watched);

    /// <inheritdoc/>
    public void Dispose() => (_events as IDisposable)?.Dispose();
}
