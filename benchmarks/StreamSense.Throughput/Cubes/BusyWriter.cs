namespace StreamSense.Throughput.Cubes;

/// <summary>A thread that does one of several pieces of work over and over, while something else is measured.</summary>
public sealed class BusyWriter : IDisposable
{
    private readonly List<Action> _work = [];
    private readonly Thread _thread;
    private int _chosen = -1;
    private bool _stop;

    /// <summary>Starts the thread, idle.</summary>
    public BusyWriter()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "busy writer" };
        _thread.Start();
    }

    /// <summary>Adds a piece of work, before any is chosen.</summary>
    public void Add(Action work) => _work.Add(work);

    /// <summary>Does something while a piece of work is repeated beside it.</summary>
    public int While(int work, Func<int> measured)
    {
        Volatile.Write(ref _chosen, work);
        return measured();
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _stop, true);
        _thread.Join();
    }

    private void Run()
    {
        var idle = default(SpinWait);
        while (!Volatile.Read(ref _stop))
        {
            int chosen = Volatile.Read(ref _chosen);
            if (chosen < 0)
            {
                idle.SpinOnce();
            }
            else
            {
                _work[chosen]();
            }
        }
    }
}
