using System.Diagnostics;

namespace StreamSense.Throughput.Measuring;

/// <summary>Runs the contenders of each case in turn, round by round, so that all of them meet the same weather.</summary>
public sealed class Runner(RunOptions options)
{
    private const long CalibrationEvents = 100_000;

    /// <summary>Runs a scenario.</summary>
    public ScenarioResult Run(IScenario scenario)
    {
        var rows = new List<ContenderResult>();
        int quietRounds = int.MaxValue;
        foreach (ThroughputCase throughputCase in scenario.Cases)
        {
            quietRounds = Math.Min(quietRounds, RunCase(throughputCase, rows));
        }

        return new ScenarioResult(scenario.Name, scenario.Summary, quietRounds, options.Rounds, rows);
    }

    private int RunCase(ThroughputCase throughputCase, List<ContenderResult> rows)
    {
        long[] events = [.. throughputCase.Contenders.Select(contender => Calibrate(throughputCase, contender))];
        var quiet = new List<Sample[]>();
        var noisy = new List<Sample[]>();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < options.Rounds + options.MostRetries && quiet.Count < options.Rounds; i++)
        {
            if (i > 0 && Stopwatch.GetElapsedTime(start) > options.MostTime)
            {
                break;
            }

            var check = QuietCheck.Begin(throughputCase.Threads > 1);
            var round = new Sample[events.Length];
            for (int j = 0; j < round.Length; j++)
            {
                round[j] = Measure(throughputCase, throughputCase.Contenders[j], events[j]);
            }

            (check.WasQuiet() ? quiet : noisy).Add(round);
        }

        // Without enough quiet rounds the figures are still shown, but nobody may rely on them.
        IReadOnlyList<Sample[]> rounds = quiet.Count >= options.Rounds ? quiet : [.. quiet, .. noisy];
        for (int j = 0; j < events.Length; j++)
        {
            double[] speeds = [.. rounds.Select(round => round[j].MillionPerSecond).Order()];
            double[] ratios = [.. rounds.Select(round => round[j].MillionPerSecond / round[^1].MillionPerSecond).Order()];
            double[] bytes = [.. rounds.Select(round => round[j].BytesPerEvent).Order()];
            rows.Add(new ContenderResult(
                throughputCase.Name,
                throughputCase.Contenders[j].Name,
                Median(speeds),
                speeds[0],
                speeds[^1],
                Median(bytes),
                Median(ratios)));
        }

        return quiet.Count;
    }

    private long Calibrate(ThroughputCase throughputCase, Contender contender)
    {
        // Twice: the first time pays for compiling.
        Measure(throughputCase, contender, CalibrationEvents);
        Measure(throughputCase, contender, CalibrationEvents * 5);
        Sample sample = Measure(throughputCase, contender, CalibrationEvents * 5);
        double events = sample.MillionPerSecond * 1e6 * options.RoundTime.TotalSeconds;
        return Math.Max(CalibrationEvents, (long)(events / CalibrationEvents) * CalibrationEvents);
    }

    private static Sample Measure(ThroughputCase throughputCase, Contender contender, long events)
    {
        GC.Collect();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        long checksum = contender.Run(events);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        if (checksum != throughputCase.Checksum(events))
        {
            throw new InvalidOperationException($"{throughputCase.Name}, {contender.Name}: events were lost or changed.");
        }

        return new Sample(events / seconds / 1e6, (double)bytes / events);
    }

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    private readonly record struct Sample(double MillionPerSecond, double BytesPerEvent);
}
