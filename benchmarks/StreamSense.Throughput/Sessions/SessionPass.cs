using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Sessions;

namespace StreamSense.Throughput.Sessions;

/// <summary>The session and metrics stage of a shard with all its default metrics, at many open views.</summary>
internal sealed class SessionPass(ViewTraffic traffic, Vocabulary vocabulary, int views, int eventsPerRun)
    : TrafficPass(traffic, views, eventsPerRun)
{
    private const int BatchSize = 1024;

    // Ended views keep their rows until others need them: with room for an eighth more than are open, that is soon.
    private readonly SessionStage _stage = new(vocabulary, new SessionOptions { MaxViews = views + (views / 8) });

    /// <inheritdoc/>
    protected override int OpenViews => _stage.OpenViews;

    /// <inheritdoc/>
    protected override void Feed(ReadOnlySpan<StreamEvent> run)
    {
        for (int from = 0; from < run.Length; from += BatchSize)
        {
            _stage.Consume(new EventBatch(from, run.Slice(from, Math.Min(BatchSize, run.Length - from)), annex: null));
        }
    }
}
