using System.Text;
using System.Text.Json;
using StreamSense.Core;
using StreamSense.Core.Delivery;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Sinks.Files;
using StreamSense.Testing.Clock;

namespace StreamSense.Tool.Tests.Measuring;

/// <summary>One event, one truth: what a live pipeline measured is what its files give, read back or measured, by any shards.</summary>
public sealed class ReplayLawTests : IDisposable
{
    private const int BatchEvents = 200;
    private const int OneShardAfterTheOther = int.MaxValue / 2;

    private static readonly PseudonymKey Key = PseudonymKey.FromSecret("a secret of the test, long enough"u8);

    // So much later that every view has ended by silence, and nothing that was late could come any more.
    private static readonly TimeSpan UntilAllIsSilent = TimeSpan.FromHours(6);

    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Report_OfTheFilesOfALivePipeline_IsTheLiveOne(int seed)
    {
        string? first = null;
        foreach (int shards in (int[])[1, 2, 4])
        {
            var traffic = new CrossingViews(seed);
            string folder = _files.PathOf($"{seed}-{shards}");
            (string live, ShardLog log, long accepted) = await LiveAsync(traffic, shards, folder);
            first ??= live;
            AssertSame(first, live, $"live, {shards} shards");
            foreach (int readers in (int[])[1, 2, 3, 4])
            {
                string name = $"{shards} shards read by {readers}";
                AssertSame(live, await ReplayedAsync(new NdjsonFileSource(folder), readers, accepted), name);
                AssertSame(live, await ReplayedAsync(log.InTurns(7), readers, accepted), name + ", by turns");
                AssertSame(live, await ReplayedAsync(log.InTurns(OneShardAfterTheOther), readers, accepted), name + ", one by one");
            }

            string[] files = [.. Directory.GetFiles(folder, "*.ndjson").Order(StringComparer.Ordinal)];
            AssertSame(live, await MeasuredAsync(files), $"{shards} shards measured");
            AssertSame(live, await MeasuredAsync(["--parallel", .. files]), $"{shards} shards measured on all cores");
        }
    }

    private static async Task<(string Report, ShardLog Log, long Accepted)> LiveAsync(CrossingViews traffic, int shards, string folder)
    {
        ShardLog? log = null;
        var time = new FakeTimeProvider();
        TimeSpan never = TimeSpan.FromDays(1);

        // The clock goes on by hours while the sinks are at work on threads of their own.
        var batches = new DeliveryOptions { MaxBatchEvents = BatchEvents, MaxDelay = never, AttemptTimeout = never };
        await using StreamSensePipeline pipeline = Builder(time, shards)
            .DeliverTo(names => new NdjsonFileSink(folder, names), batches)
            .DeliverTo(names => log = new ShardLog(names, shards), batches)
            .Build();
        pipeline.StartPassive();
        List<(long At, string Line)> lines = traffic.Lines();
        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            long now = 0;
            foreach (IGrouping<long, (long At, string Line)> second in lines.GroupBy(line => line.At))
            {
                time.Advance(TimeSpan.FromSeconds(second.Key - now));
                now = second.Key;
                door.Ingest.Begin();
                door.Ingest.Feed(Encoding.UTF8.GetBytes(string.Join('\n', second.Select(line => line.Line)) + "\n"));
                door.Ingest.Complete();
                PumpAll(pipeline);
            }
        }

        string report = await ReportAsync(pipeline, time);
        Assert.Equal(traffic.TooLate, pipeline.Totals.Admitted.Late);
        Assert.True(traffic.TooLate > 10);
        Assert.True(pipeline.Totals.Admitted.Duplicates > 10);
        await pipeline.DisposeAsync();
        Assert.All(pipeline.Deliveries, delivery => Assert.Equal(0, delivery.Counts.Pending + delivery.Counts.Dropped));
        return (report, log!, pipeline.Totals.Admitted.Accepted);
    }

    private static async Task<string> ReplayedAsync(IReplaySource source, int shards, long accepted)
    {
        var time = new FakeTimeProvider();
        await using StreamSensePipeline pipeline = Builder(time, shards).ReplayFrom(source).Build();
        pipeline.StartPassive();
        Assert.Equal(accepted, pipeline.Totals.Admitted.Accepted);
        return await ReportAsync(pipeline, time);
    }

    private async Task<string> MeasuredAsync(string[] arguments)
    {
        ToolRun run = await ToolRun.OfAsync(["measure", "--json", "--sections", "all", "--by", "title", .. arguments]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return Comparable(Encoding.UTF8.GetBytes(run.Output));
    }

    private static async Task<string> ReportAsync(StreamSensePipeline pipeline, FakeTimeProvider time)
    {
        await pipeline.DrainAsync();
        time.Advance(UntilAllIsSilent);
        PumpAll(pipeline);
        MetricsSnapshot metrics = await pipeline.ReadMetricsAsync();
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            MetricsReportWriter.WriteReport(writer, metrics, default, MetricsDimension.Title, sections: ReportSections.All);
        }

        return Comparable(text.ToArray());
    }

    private static void PumpAll(StreamSensePipeline pipeline)
    {
        while (pipeline.Pump() > 0)
        {
            // Until nothing is left to do.
        }
    }

    // What became of the input differs: late and repeated records are in no file. Views are drawn as samples by their pseudonyms.
    private static string Comparable(byte[] report)
    {
        using JsonDocument document = JsonDocument.Parse(report);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                if (member.Name is not ("totals" or "window" or "samples"))
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void AssertSame(string expected, string actual, string what)
    {
        if (expected == actual)
        {
            return;
        }

        string[] mine = expected.Split('\n');
        string[] yours = actual.Split('\n');
        string[] differences =
        [
            .. mine.Zip(yours).Where(pair => pair.First != pair.Second && !AreEqualQuantiles(pair.First, pair.Second))
                .Select(pair => $"{pair.First.Trim()} is {pair.Second.Trim()}"),
        ];
        Assert.True(differences.Length == 0 && mine.Length == yours.Length, $"{what}: {string.Join("; ", differences.Take(12))}");
    }

    // Sums are equal to the bit, quantiles within their guarantee: a value that was taken back may have left the exact ones.
    private static bool AreEqualQuantiles(string mine, string yours)
    {
        string[] one = mine.Trim().TrimEnd(',').Split(": ");
        string[] other = yours.Trim().TrimEnd(',').Split(": ");
        return one is [['"', 'p', >= '0' and <= '9', ..], var value] && other is [var name, var found] && name == one[0]
            && Math.Abs(Number(value) - Number(found)) <= 0.02 * Number(value);

        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static StreamSensePipelineBuilder Builder(TimeProvider time, int shards) => StreamSensePipeline.CreateBuilder()
        .UseTime(time)
        .PseudonymiseWith(Key)
        .Configure(options => options.Shards = shards);
}
