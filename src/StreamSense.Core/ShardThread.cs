using StreamSense.Core.Buffering;

namespace StreamSense.Core;

/// <summary>Drives a shard on a thread of its own.</summary>
internal sealed class ShardThread
{
    private const int Budget = 4096;

    private readonly PipelineShard _shard;
    private readonly WaitStrategy _strategy;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    public ShardThread(PipelineShard shard, WaitStrategy strategy, string name)
    {
        _shard = shard;
        _strategy = strategy;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>Completes when the thread has ended; faulted if a stage threw, which is a defect.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins.</summary>
    public void Start() => _thread.Start();

    /// <summary>Asks the thread to drain and end.</summary>
    public void Stop()
    {
        _stopping = true;
        _shard.Gate.Signal();
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                if (_shard.Pump(Budget) == 0)
                {
                    _strategy.Wait(_shard.WaitsFor, _shard.MaxSleep);
                }
            }

            _shard.Drain();
            _ended.TrySetResult();
        }
        catch (Exception exception) // Whatever a stage throws reaches the host through Ended and its health; it does not end the process.
        {
            _ended.TrySetException(exception);
        }
        finally
        {
            _shard.Lanes.Discard();
            _shard.RefuseRequests();
        }
    }
}
