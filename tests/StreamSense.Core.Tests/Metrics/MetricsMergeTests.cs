using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Metrics;
using StreamSense.Core.Tests.Sessions.Oracle;

namespace StreamSense.Core.Tests.Metrics;

public sealed class MetricsMergeTests
{
    private static readonly MetricsDimension[] Dimensions =
        [MetricsDimension.Title, MetricsDimension.Cdn, MetricsDimension.Country, MetricsDimension.DeviceKind];

    [Fact]
    public void Merge_OfShards_IsTheSameToTheBitAsOneShardInAnyGroupingAndOrder() => Prop.ForAll<PositiveInt, bool>((seed, close) =>
    {
        List<string> lines = [.. new RandomViews(seed.Get).Lines(12).Where(IsNoRepeatedRequest)];
        string one = TextOf(EngineMeasure.Run(lines, close: close).Snapshot);
        EngineMeasure three = EngineMeasure.Run(lines, shards: 3, close: close);
        MetricsPartial[] parts = [.. three.Stages.Select(stage => stage.Snapshot())];
        return one == TextOf(MetricsSnapshot.Merge(parts))
            && one == TextOf(MetricsSnapshot.Merge(parts.Reverse()))
            && one == TextOf(MetricsSnapshot.Merge([MetricsPartial.Merge([parts[2], parts[0]]), parts[1]]))
            && one == TextOf(MetricsSnapshot.Merge([parts[2], MetricsPartial.Merge([parts[1], parts[0]])]));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Measure_ShuffledAndTripledLines_IsTheSameToTheBit() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<string> lines = new RandomViews(seed.Get).Lines(12);
        string[] tripled = [.. lines, .. lines, .. lines];
        new Random(seed.Get).Shuffle(tripled);
        return TextOf(EngineMeasure.Run(lines).Snapshot) == TextOf(EngineMeasure.Run(tripled).Snapshot);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public void Merge_OfDifferentVocabularies_IsRefused()
    {
        SessionStage[] stages = [new(new Core.Events.Vocabulary()), new(new Core.Events.Vocabulary())];

        Assert.Throws<ArgumentException>(() => MetricsSnapshot.Merge(stages.Select(stage => stage.Snapshot())));
    }

    [Fact]
    public void Snapshot_OnceTaken_IsNotChangedByLaterEvents()
    {
        EngineMeasure measure = new Script().Play().Beat(10).Measure(close: false);
        MetricsPartial before = measure.Stages[0].Snapshot();
        measure.Stages[0].CloseAll();

        Assert.Equal(TextOf(measure.Snapshot), TextOf(MetricsSnapshot.Merge([before])));
    }

    // Another shard sees of a view only its requests: not that a repeated one comes after the view's end and changes nothing.
    private static bool IsNoRepeatedRequest(string line) =>
        !line.Contains("playback_request", StringComparison.Ordinal) || line.Contains("\"seq\":0,", StringComparison.Ordinal);

    internal static string TextOf(MetricsSnapshot snapshot)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            MetricsReportWriter.WriteMetrics(writer, snapshot.Totals);
            MetricsReportWriter.WriteWindows(writer, snapshot.Windows);
            foreach (MetricsDimension dimension in Dimensions)
            {
                MetricsReportWriter.WriteGroups(writer, snapshot.By(dimension));
                foreach (WindowMetrics window in snapshot.Windows)
                {
                    MetricsReportWriter.WriteGroups(writer, window.By(dimension));
                }
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
