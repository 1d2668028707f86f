using System.Diagnostics;

namespace StreamSense.Throughput.Measuring;

/// <summary>Runs the contenders of each case in turn, round by round, and counts events per second.</summary>
public sealed class ThroughputRunner(RunOptions options)
{
    /// <summary>Runs the cases of a scenario.</summary>
    public ScenarioResult Run(IScenario scenario, IReadOnlyList<ThroughputCase> cases)
    {
        var rows = new List<ResultRow>();
        int quietRounds = int.MaxValue;
        foreach (ThroughputCase throughputCase in cases)
        {
            quietRounds = Math.Min(quietRounds, RunCase(throughputCase, rows));
        }

        return new ScenarioResult(scenario.Name, scenario.Summary, quietRounds, options.Rounds, rows);
    }

    private int RunCase(ThroughputCase throughputCase, List<ResultRow> rows)
    {
        long[] events = Calibrate(throughputCase);
        RoundSet<Sample> rounds = RoundSet<Sample>.Collect(options, throughputCase.Threads, () =>
        {
            var samples = new Sample[events.Length];
            for (int j = 0; j < samples.Length; j++)
            {
                samples[j] = Measure(throughputCase, throughputCase.Contenders[j], events[j]);
            }

            return samples;
        });
        for (int j = 0; j < events.Length; j++)
        {
            double median = rounds.Median(j, sample => sample.MillionPerSecond);
            List<Figure> figures =
            [
                new("millionPerSecond", "M events/s", median, Digits: 2),
                new(Figure.Lowest, "lowest", rounds.Lowest(j, sample => sample.MillionPerSecond), Digits: 2),
                new(Figure.Highest, "highest", rounds.Highest(j, sample => sample.MillionPerSecond), Digits: 2),
                new("nanosecondsPerEvent", "ns/event", 1000 / median, Digits: 2),
                new("bytesPerEvent", "B/event", rounds.Median(j, sample => sample.BytesPerEvent), Digits: 2),
            ];
            if (throughputCase.InputBytesPerEvent > 0)
            {
                figures.Insert(3, new Figure("megabytesPerSecond", "MB/s", median * throughputCase.InputBytesPerEvent, Digits: 0));
            }

            rows.Add(new ResultRow(
                throughputCase.Name,
                throughputCase.Contenders[j].Name,
                figures,
                rounds.Ratio(j, sample => sample.MillionPerSecond),
                j == 0 ? throughputCase.Floor : 0));
        }

        return rounds.QuietRounds;
    }

    // How many events each contender handles in a round, known once it is as fast as it gets.
    private long[] Calibrate(ThroughputCase throughputCase)
    {
        long step = throughputCase.Step;
        long[] events = new long[throughputCase.Contenders.Count];
        Array.Fill(events, step);
        WarmUp.Run(() =>
        {
            for (int j = 0; j < events.Length; j++)
            {
                Sample sample = Measure(throughputCase, throughputCase.Contenders[j], events[j]);
                double fitting = sample.MillionPerSecond * 1e6 * options.RoundTime.TotalSeconds;
                events[j] = Math.Max(step, (long)(fitting / step) * step);
            }
        });
        return events;
    }

    private static Sample Measure(ThroughputCase throughputCase, Contender contender, long events)
    {
        long atOnce = contender.Prepare is null ? events : throughputCase.Step;
        contender.Renew?.Invoke();
        long bytes = 0;
        TimeSpan time = TimeSpan.Zero;
        for (long done = 0; done < events; done += atOnce)
        {
            contender.Prepare?.Invoke();
            GC.Collect();
            long bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
            long start = Stopwatch.GetTimestamp();
            long checksum = contender.Run(atOnce);
            time += Stopwatch.GetElapsedTime(start);
            bytes += GC.GetTotalAllocatedBytes(precise: true) - bytesBefore;
            if (checksum != throughputCase.Checksum(atOnce))
            {
                throw new InvalidOperationException($"{throughputCase.Name}, {contender.Name}: events were lost or changed.");
            }
        }

        return new Sample(events / time.TotalSeconds / 1e6, (double)bytes / events);
    }

    private readonly record struct Sample(double MillionPerSecond, double BytesPerEvent);
}
