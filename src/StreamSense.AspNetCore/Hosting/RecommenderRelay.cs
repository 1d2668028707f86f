using StreamSense.Core.Buffering;
using StreamSense.Core.Sessions;
using StreamSense.Ml;

namespace StreamSense.AspNetCore.Hosting;

/// <summary>Stands in the pipeline for the recommender, which needs the pipeline's names before it can be made.</summary>
/// <remarks>The recommender is set before the pipeline starts, and not changed after.</remarks>
internal sealed class RecommenderRelay : IEventConsumer, IViewFactConsumer, IPlaybackSessionConsumer
{
    /// <summary>The recommender.</summary>
    public Recommender? Target { get; set; }

    /// <inheritdoc/>
    public void Consume(in EventBatch batch) => Target?.Consume(batch);

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts) => Target?.Consume(facts);

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Target?.Add(session, watched);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Target?.Retract(session, watched);
}
