using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Sessions;

namespace StreamSense.Throughput.Sessions;

/// <summary>The session and metrics stage of a shard with all its default metrics, at many open views.</summary>
internal sealed class SessionPass(Vocabulary vocabulary, StreamEvent[] opening, StreamEvent[] events)
{
    private const int BatchSize = 1024;

    private SessionStage? _stage;

    /// <summary>A stage in which every view is open.</summary>
    public void Prepare()
    {
        _stage = new SessionStage(vocabulary, new SessionOptions { MaxViews = opening.Length });
        Feed(opening);
        Feed(events.AsSpan(0, events.Length / 4));
    }

    /// <summary>Takes the rest of the events once.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="InvalidOperationException">Views are missing.</exception>
    public long Run()
    {
        ReadOnlySpan<StreamEvent> measured = events.AsSpan(events.Length / 4);
        Feed(measured);
        return _stage!.OpenViews == opening.Length / 2
            ? measured.Length
            : throw new InvalidOperationException($"{_stage.OpenViews} views are open instead of {opening.Length / 2}.");
    }

    private void Feed(ReadOnlySpan<StreamEvent> run)
    {
        for (int from = 0; from < run.Length; from += BatchSize)
        {
            _stage!.Consume(new EventBatch(from, run.Slice(from, Math.Min(BatchSize, run.Length - from)), annex: null));
        }
    }
}
