using System.Diagnostics;
using System.Globalization;

namespace StreamSense.Throughput.Measuring;

/// <summary>Tells whether the machine belonged to this process while something was measured.</summary>
/// <remarks>
/// Two things spoil figures of threads that talk to each other: other processes on the cores (the share of processor time that is not
/// ours, from /proc/stat), and virtual cores that the hypervisor moved apart (the round trip of a cache line between two threads).
/// Where the system does not tell, the machine counts as noisy.
/// </remarks>
public sealed class QuietCheck
{
    private const double MostForeignShare = 0.06;
    private const double MostRoundTripNanoseconds = 220;
    private const double TicksPerSecond = 100;
    private const int Trips = 20_000;
    private const long GiveUp = -1;

    private readonly bool _checkDistance;
    private readonly double _busyBefore;
    private readonly TimeSpan _ownBefore;
    private readonly long _start;
    private readonly bool _nearBefore;

    private QuietCheck(bool checkDistance)
    {
        _checkDistance = checkDistance;
        _nearBefore = !checkDistance || RoundTripNanoseconds() < MostRoundTripNanoseconds;
        _busyBefore = BusySeconds();
        _ownBefore = Environment.CpuUsage.TotalTime;
        _start = Stopwatch.GetTimestamp();
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="checkDistance">Whether the distance of the cores matters.</param>
    public static QuietCheck Begin(bool checkDistance) => new(checkDistance);

    /// <summary>Whether the machine was quiet since.</summary>
    public bool WasQuiet()
    {
        double elapsed = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        double own = (Environment.CpuUsage.TotalTime - _ownBefore).TotalSeconds;
        double foreign = BusySeconds() - _busyBefore - own;

        // The system counts in hundredths of a second: one tick per core of error is not noise.
        double allowed = (MostForeignShare * elapsed * Environment.ProcessorCount) + (Environment.ProcessorCount / TicksPerSecond);
        return foreign <= allowed && _nearBefore && (!_checkDistance || RoundTripNanoseconds() < MostRoundTripNanoseconds);
    }

    private static double BusySeconds()
    {
        if (!OperatingSystem.IsLinux())
        {
            return double.NaN;
        }

        // cpu user nice system idle iowait irq softirq steal
        string[] fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double busy = 0;
        for (int i = 1; i < Math.Min(fields.Length, 9); i++)
        {
            busy += i is 4 or 5 ? 0 : double.Parse(fields[i], CultureInfo.InvariantCulture);
        }

        return busy / TicksPerSecond;
    }

    private static double RoundTripNanoseconds()
    {
        long[] ball = new long[64];
        var other = new Thread(() => Answer(ref ball[32]));
        other.Start();
        long deadline = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 50);
        long start = 0;
        for (long i = 0; i < 2 * Trips; i += 2)
        {
            if (i == Trips)
            {
                // The first half only brings both threads to their cores.
                start = Stopwatch.GetTimestamp();
            }

            Volatile.Write(ref ball[32], i + 1);
            while (Volatile.Read(ref ball[32]) != i + 2)
            {
                if (Stopwatch.GetTimestamp() > deadline)
                {
                    // The other thread has no core to answer from.
                    Volatile.Write(ref ball[32], GiveUp);
                    other.Join();
                    return double.PositiveInfinity;
                }
            }
        }

        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        other.Join();
        return nanoseconds / (Trips / 2.0);
    }

    private static void Answer(ref long ball)
    {
        for (long i = 1; i < 2 * Trips; i += 2)
        {
            long seen;
            while ((seen = Volatile.Read(ref ball)) != i)
            {
                if (seen == GiveUp)
                {
                    return;
                }
            }

            Interlocked.CompareExchange(ref ball, i + 1, i);
        }
    }
}
