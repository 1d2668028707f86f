using System.Diagnostics;
using StreamSense.Core;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Privacy;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Sessions;

/// <summary>
/// How a pipeline of one shard bears very many open views: events a second through admission, sessions, metrics and the cube, while a
/// reader asks for snapshots.
/// </summary>
/// <remarks>
/// A report, not a contest: there is no baseline, and nothing gates. Making the events takes a part of the other core. The short run is
/// small, so that it only proves that the scenario works.
/// </remarks>
public sealed class ScaleScenario : IScenario
{
    private const int BatchSize = 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Name => "scale";

    /// <inheritdoc/>
    public string Summary => "a live pipeline with all default metrics and a cube at very many open views, and snapshots of it meanwhile";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        bool isShort = options.MostTime < TimeSpan.FromMinutes(1);
        int[] sizes = isShort ? [10_000] : [200_000, 1_000_000];
        TimeSpan time = isShort ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(20);
        ResultRow[] rows = [.. sizes.Select(views => Measure(views, time).GetAwaiter().GetResult())];
        return new ScenarioResult(Name, Summary, 1, 1, rows);
    }

    private static async Task<ResultRow> Measure(int views, TimeSpan time)
    {
        long before = Memory();
        await using StreamSensePipeline pipeline = StreamSensePipeline.CreateBuilder()
            .PseudonymiseWith(PseudonymKey.FromSecret("a secret of benchmarks"u8))
            .Configure(options =>
            {
                options.Sessions.MaxViews = views + (views / 4);
                options.Admission.MaxSequences = views * 2;
                options.Lanes.SlotCount = 1 << 16;
            })
            .KeepCube()
            .Build();
        pipeline.Start();
        var traffic = new ViewTraffic(views, pipeline.Vocabulary);
        long held = Memory() - before;
        using (EventWriter writer = pipeline.RentWriter())
        {
            Write(writer, traffic.Open());
            await pipeline.DrainAsync();
            long opened = Memory() - before - held;
            var snapshots = new List<double>();
            var queries = new List<double>();
            using var ended = new CancellationTokenSource();
            Task asking = Ask(pipeline, snapshots, queries, ended.Token);
            var batch = new StreamEvent[BatchSize];
            long events = 0;
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                traffic.Fill(batch);
                Write(writer, batch);
                events += batch.Length;
            }

            // What still waits in the lanes counts only once it is through.
            await ended.CancelAsync();
            await asking;
            await pipeline.DrainAsync();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            MetricsSnapshot metrics = await pipeline.ReadMetricsAsync();
            IReadOnlyList<CubeRow> days = pipeline.ReadCube().Query(new CubeQuery { Level = CubeLevel.Day });
            long open = metrics.Totals.Attempts - days.Sum(row => row.Metrics.EndedPlays);
            return open == views
                ? RowOf(views, events / seconds, opened, snapshots, queries)
                : throw new InvalidOperationException($"{open} views are open instead of {views}.");
        }
    }

    private static ResultRow RowOf(int views, double perSecond, long opened, List<double> snapshots, List<double> queries) => new(
        $"{views:N0} open views",
        "StreamSensePipeline",
        [
            new Figure("millionPerSecond", "M events/s", perSecond / 1e6, Digits: 3),
            new Figure("bytesPerView", "B/view", (double)opened / views, Digits: 0),
            new Figure("snapshotP50Milliseconds", "snapshot p50 ms", Quantile(snapshots, 0.5), Digits: 1),
            new Figure("snapshotP99Milliseconds", "snapshot p99 ms", Quantile(snapshots, 0.99), Digits: 1),
            new Figure("queryP50Milliseconds", "cube query p50 ms", Quantile(queries, 0.5), Digits: 2),
            new Figure("queryP99Milliseconds", "cube query p99 ms", Quantile(queries, 0.99), Digits: 2),
            new Figure("snapshots", "snapshots", snapshots.Count, Digits: 0),
        ],
        1,
        0);

    private static void Write(EventWriter writer, ReadOnlySpan<StreamEvent> events)
    {
        foreach (ref readonly StreamEvent e in events)
        {
            if (writer.Write(e, default) != WriteOutcome.Written)
            {
                throw new InvalidOperationException("An event was not written.");
            }
        }
    }

    private static async Task Ask(StreamSensePipeline pipeline, List<double> snapshots, List<double> queries, CancellationToken ended)
    {
        var query = new CubeQuery { Level = CubeLevel.Minute, By = [CubeDimension.Title], Top = 10 };
        while (!ended.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            _ = (await pipeline.ReadMetricsAsync(CancellationToken.None)).Totals.BufferingRatio;
            snapshots.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            _ = pipeline.ReadCube().Query(query);
            queries.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private static double Quantile(List<double> values, double quantile)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(quantile * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);
}
