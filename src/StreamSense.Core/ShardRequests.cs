using System.Collections.Concurrent;
using StreamSense.Core.Metrics;

namespace StreamSense.Core;

/// <summary>What other threads ask of a shard's thread, served between two pumps.</summary>
internal sealed class ShardRequests
{
    private readonly ConcurrentQueue<TaskCompletionSource<MetricsPartial>> _snapshots = new();
    private readonly ConcurrentQueue<TaskCompletionSource<ScorecardPartial>> _scorecards = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _drains = new();
    private volatile bool _closed;

    /// <summary>Whether a request waits.</summary>
    public bool IsPending => !_snapshots.IsEmpty || !_scorecards.IsEmpty || !_drains.IsEmpty;

    /// <summary>Asks for a copy of the metrics.</summary>
    public Task<MetricsPartial> AddSnapshot()
    {
        var request = new TaskCompletionSource<MetricsPartial>(TaskCreationOptions.RunContinuationsAsynchronously);
        _snapshots.Enqueue(request);
        RefuseIfClosed();
        return request.Task;
    }

    /// <summary>Asks for a copy of the scorecard.</summary>
    public Task<ScorecardPartial> AddScorecard()
    {
        var request = new TaskCompletionSource<ScorecardPartial>(TaskCreationOptions.RunContinuationsAsynchronously);
        _scorecards.Enqueue(request);
        RefuseIfClosed();
        return request.Task;
    }

    /// <summary>Asks for everything that has arrived to be applied.</summary>
    public Task AddDrain()
    {
        var request = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _drains.Enqueue(request);
        RefuseIfClosed();
        return request.Task;
    }

    /// <summary>Serves what waits; shard's thread.</summary>
    public void Serve(PipelineShard shard)
    {
        while (_drains.TryDequeue(out TaskCompletionSource? drain))
        {
            shard.Drain();
            drain.TrySetResult();
        }

        while (_scorecards.TryDequeue(out TaskCompletionSource<ScorecardPartial>? scorecard))
        {
            scorecard.TrySetResult(shard.Scorecard());
        }

        // One copy serves all who asked before it was made.
        int waiting = _snapshots.Count;
        if (waiting > 0)
        {
            MetricsPartial snapshot = shard.Snapshot();
            for (; waiting > 0 && _snapshots.TryDequeue(out TaskCompletionSource<MetricsPartial>? request); waiting--)
            {
                request.TrySetResult(snapshot);
            }
        }
    }

    /// <summary>Refuses what waits and what will come.</summary>
    public void Close()
    {
        _closed = true;
        RefuseIfClosed();
    }

    private void RefuseIfClosed()
    {
        if (!_closed)
        {
            return;
        }

        while (_snapshots.TryDequeue(out TaskCompletionSource<MetricsPartial>? snapshot))
        {
            snapshot.TrySetException(new ObjectDisposedException(nameof(StreamSensePipeline)));
        }

        while (_scorecards.TryDequeue(out TaskCompletionSource<ScorecardPartial>? scorecard))
        {
            scorecard.TrySetException(new ObjectDisposedException(nameof(StreamSensePipeline)));
        }

        while (_drains.TryDequeue(out TaskCompletionSource? drain))
        {
            drain.TrySetResult();
        }
    }
}
