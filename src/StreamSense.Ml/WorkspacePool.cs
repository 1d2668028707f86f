namespace StreamSense.Ml;

/// <summary>A bounded pool of workspaces.</summary>
/// <remarks>
/// A request that finds all of them in use waits for one; each comes back when its request is done, so that the wait ends. A monitor,
/// held for some ten instructions, and a stack, so that the warmest memory is used next.
/// </remarks>
internal sealed class WorkspacePool(int capacity, Func<RankWorkspace> create) : IDisposable
{
    private readonly object _monitor = new();
    private readonly Stack<RankWorkspace> _free = new(capacity);
    private int _created;
    private bool _disposed;

    /// <summary>Takes a workspace.</summary>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public RankWorkspace Rent()
    {
        lock (_monitor)
        {
            while (_free.Count == 0 && _created == capacity && !_disposed)
            {
                Monitor.Wait(_monitor);
            }

            ObjectDisposedException.ThrowIf(_disposed, typeof(Recommender));
            if (_free.TryPop(out RankWorkspace? workspace))
            {
                return workspace;
            }

            _created++;
        }

        try
        {
            return create();
        }
        catch
        {
            lock (_monitor)
            {
                _created--;
                Monitor.PulseAll(_monitor);
            }

            throw;
        }
    }

    /// <summary>Gives a workspace back.</summary>
    public void Return(RankWorkspace workspace)
    {
        lock (_monitor)
        {
            _free.Push(workspace);
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Waits for the requests under way and closes the receivers; later requests are refused.</summary>
    public void Dispose()
    {
        lock (_monitor)
        {
            _disposed = true;
            Monitor.PulseAll(_monitor);
            while (_free.Count < _created)
            {
                Monitor.Wait(_monitor);
            }

            while (_free.TryPop(out RankWorkspace? workspace))
            {
                (workspace.Receiver as IDisposable)?.Dispose();
                _created--;
            }
        }
    }
}
