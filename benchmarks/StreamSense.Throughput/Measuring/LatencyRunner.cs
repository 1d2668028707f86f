using System.Diagnostics;

namespace StreamSense.Throughput.Measuring;

/// <summary>Runs the contenders of each case in turn, round by round, and times every operation.</summary>
/// <remarks>Medians and percentiles are those of a round, so that a contender's rounds can be compared with the baseline's.</remarks>
public sealed class LatencyRunner(RunOptions options)
{
    private const int CalibrationOperations = 2000;

    /// <summary>Runs the cases of a scenario.</summary>
    public ScenarioResult Run(IScenario scenario, IReadOnlyList<LatencyCase> cases)
    {
        var rows = new List<ResultRow>();
        int quietRounds = int.MaxValue;
        foreach (LatencyCase latencyCase in cases)
        {
            quietRounds = Math.Min(quietRounds, RunCase(latencyCase, rows));
        }

        return new ScenarioResult(scenario.Name, scenario.Summary, quietRounds, options.Rounds, rows);
    }

    private int RunCase(LatencyCase latencyCase, List<ResultRow> rows)
    {
        long[][] ticks = Calibrate(latencyCase);
        RoundSet<Sample> rounds = RoundSet<Sample>.Collect(options, threads: 1, () =>
        {
            var samples = new Sample[ticks.Length];
            for (int j = 0; j < samples.Length; j++)
            {
                samples[j] = Measure(latencyCase, latencyCase.Contenders[j], ticks[j]);
            }

            return samples;
        });
        for (int j = 0; j < ticks.Length; j++)
        {
            rows.Add(new ResultRow(
                latencyCase.Name,
                latencyCase.Contenders[j].Name,
                [
                    new Figure("medianMicroseconds", "p50 µs", rounds.Median(j, sample => sample.Median), Digits: 2),
                    new Figure("p99Microseconds", "p99 µs", rounds.Median(j, sample => sample.P99), Digits: 2),
                    new Figure("highestMicroseconds", "max µs", rounds.Highest(j, sample => sample.Highest), Digits: 1),
                    new Figure("bytesPerOperation", "B/op", rounds.Median(j, sample => sample.Bytes), Digits: 1),
                ],
                rounds.Ratio(j, sample => 1 / sample.Median)));
        }

        return rounds.QuietRounds;
    }

    // As much room as a round has operations; reused by every round, so that measuring allocates nothing.
    private long[][] Calibrate(LatencyCase latencyCase)
    {
        long[] calibration = new long[CalibrationOperations];
        double[] medians = new double[latencyCase.Contenders.Count];
        WarmUp.Run(() =>
        {
            for (int j = 0; j < medians.Length; j++)
            {
                medians[j] = Measure(latencyCase, latencyCase.Contenders[j], calibration).Median;
            }
        });
        return
        [
            .. medians.Select(median =>
            {
                double operations = options.RoundTime.TotalMicroseconds / median;
                return new long[(int)Math.Clamp(operations, CalibrationOperations / 2.0, CalibrationOperations * 100.0)];
            }),
        ];
    }

    private static Sample Measure(LatencyCase latencyCase, LatencyContender contender, long[] ticks)
    {
        GC.Collect();
        int proven = 0;
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long before = Stopwatch.GetTimestamp();
        for (int i = 0; i < ticks.Length; i++)
        {
            proven += contender.Run() == latencyCase.Proof ? 1 : 0;
            long after = Stopwatch.GetTimestamp();
            ticks[i] = after - before;
            before = after;
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        if (proven != ticks.Length)
        {
            throw new InvalidOperationException($"{latencyCase.Name}, {contender.Name}: {ticks.Length - proven} operations went wrong.");
        }

        Array.Sort(ticks);
        return new Sample(
            Microseconds(ticks[ticks.Length / 2]),
            Microseconds(ticks[(int)(ticks.Length * 0.99)]),
            Microseconds(ticks[^1]),
            (double)bytes / ticks.Length);
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private readonly record struct Sample(double Median, double P99, double Highest, double Bytes);
}
