using StreamSense.Core.Buffering;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Takes what a shard gave: its events, the facts of their views and the sessions that closed, in the shard's order.</summary>
/// <remarks>Called by one thread at a time; nothing it is given may be kept.</remarks>
public interface IHistoryConsumer : IEventConsumer, IViewFactConsumer, IPlaybackSessionConsumer;
