using StreamSense.Core.Metrics;

namespace PlayerBackend.Live;

/// <summary>The samples of the last minutes, and the sums from which the next one is made.</summary>
/// <remarks>Metrics only grow, so what happened in the last half minute is a difference of two readings. One thread at a time.</remarks>
internal sealed class LiveHistory
{
    private const int KeptSeconds = 300;
    private const int RecentSeconds = 30;

    private readonly Queue<LiveSample> _samples = new();
    private readonly Queue<Sums> _sums = new();

    /// <summary>The samples kept, the oldest first.</summary>
    public IReadOnlyCollection<LiveSample> Samples => _samples;

    /// <summary>Adds a reading.</summary>
    /// <param name="second">When it was made.</param>
    /// <param name="concurrent">Plays open at the moment.</param>
    /// <param name="metrics">The metrics of all views.</param>
    public LiveSample Add(long second, int concurrent, QualityMetrics metrics)
    {
        double play = metrics.Play.TotalSeconds;
        var now = new Sums(play, metrics.Stall.TotalSeconds, play * (metrics.AverageBitrateKbps ?? 0));
        Sums then = _sums.Count == 0 ? now : _sums.Peek();
        _sums.Enqueue(now);
        if (_sums.Count > RecentSeconds)
        {
            _sums.Dequeue();
        }

        double recentPlay = now.Play - then.Play;
        double recent = recentPlay + now.Stall - then.Stall;
        var sample = new LiveSample
        {
            Second = second,
            Concurrent = concurrent,
            StallShare = recent > 0 ? (now.Stall - then.Stall) / recent : null,
            BitrateKbps = recentPlay > 0 ? Math.Max(0, now.Kilobits - then.Kilobits) / recentPlay : null,
            StartupP50 = metrics.Startup.P50?.TotalMilliseconds,
            StartupP95 = metrics.Startup.P95?.TotalMilliseconds,
        };
        _samples.Enqueue(sample);
        if (_samples.Count > KeptSeconds)
        {
            _samples.Dequeue();
        }

        return sample;
    }

    private readonly record struct Sums(double Play, double Stall, double Kilobits);
}
