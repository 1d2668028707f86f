using StreamSense.Core.Events;

namespace StreamSense.Throughput.Sessions;

/// <summary>Takes events of very many open views, in runs that go on from each other.</summary>
/// <remarks>
/// It begins when so many views have come and gone that their table has its size. What is still allocated then is the state of further
/// minutes: cells of windows, seconds of the concurrency curve, viewers that were not yet seen to end a view.
/// </remarks>
internal abstract class TrafficPass(ViewTraffic traffic, int views, int eventsPerRun)
{
    private const int SettlingRuns = 4;

    private readonly StreamEvent[] _events = new StreamEvent[eventsPerRun];
    private bool _settled;

    /// <summary>Lets the traffic go on by a run.</summary>
    public void Prepare()
    {
        if (!_settled)
        {
            _settled = true;
            Feed(traffic.Open());
            for (int i = 0; i < SettlingRuns; i++)
            {
                traffic.Fill(_events);
                Feed(_events);
            }
        }

        traffic.Fill(_events);
    }

    /// <summary>Takes the run.</summary>
    /// <returns>How many events it had.</returns>
    /// <exception cref="InvalidOperationException">Views are missing.</exception>
    public long Run()
    {
        Feed(_events);
        return OpenViews == views
            ? _events.Length
            : throw new InvalidOperationException($"{OpenViews} views are open instead of {views}.");
    }

    /// <summary>How many views are open.</summary>
    protected abstract int OpenViews { get; }

    /// <summary>Takes events.</summary>
    protected abstract void Feed(ReadOnlySpan<StreamEvent> run);
}
