using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Metrics.Engagement.Retention;
using StreamSense.Core.Metrics.Profiles;
using StreamSense.Core.Tests.Sessions.Oracle;

namespace StreamSense.Core.Tests.Metrics.Engagement;

/// <summary>Random views of every kind of event: sections that come by different ways must say the same.</summary>
public sealed class SectionsOfEventsTests
{
    private static readonly string[] Catalogue = [.. Enumerable.Range(0, 4).Select(TitleRow)];

    [Fact]
    public void Profile_OfTheSdk_IsQualityByAnotherWay() => Prop.ForAll<PositiveInt>(seed =>
    {
        MetricsSnapshot snapshot = EngineMeasure.Run(LinesOf(seed.Get)).Snapshot;
        QualityMetrics quality = snapshot.Totals;
        double? Own(MetricConcept concept) => MetricProfile.StreamSense.Find(concept)!.Of(snapshot.Profiles.Totals);

        return IsNear(quality.Attempts, Own(MetricConcept.Attempts))
            && IsNear(quality.Plays, Own(MetricConcept.Plays))
            && IsNear(quality.BufferingRatio, Own(MetricConcept.StalledTimeShare))
            && IsNear(quality.ConnectionRebufferingRatio, Own(MetricConcept.ConnectionStalledTimeShare))
            && IsNear(quality.RebufferFrequencyPerHour, Own(MetricConcept.StallsPerHour))
            && IsNear(quality.StalledViewsShare, Own(MetricConcept.StalledViewsShare))
            && IsNear(quality.AverageBitrateKbps, Own(MetricConcept.AverageBitrateKbps))
            && IsNear(quality.AverageWatchSeconds, Own(MetricConcept.AverageWatchSeconds))
            && IsNear(quality.StartFailures / (double?)quality.Attempts, Own(MetricConcept.StartFailuresShare))
            && IsNear(quality.ExitsBeforeStart / (double?)quality.Attempts, Own(MetricConcept.ExitsBeforeStartShare));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Engagement_OfTheWhole_AgreesWithQuality() => Prop.ForAll<PositiveInt>(seed =>
    {
        MetricsSnapshot snapshot = EngineMeasure.Run(LinesOf(seed.Get)).Snapshot;
        EngagementFigures figures = snapshot.Engagement.Totals;
        return figures.EndedPlays == snapshot.Totals.Plays
            && figures.Play == snapshot.Totals.Play
            && IsNear(Ratio.Of(figures.Completers, figures.CompletablePlays), snapshot.Totals.CompletionRate)
            && snapshot.Engagement.Titles.Sum(title => title.Figures.EndedPlays) == figures.EndedPlays
            && snapshot.Retention.Titles.Sum(title => title.Curve.Views) + snapshot.Retention.ViewsWithoutRanges
                == figures.CompletablePlays;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Sections_OfSeveralShards_AreThoseOfOne() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<string> lines = LinesOf(seed.Get);
        EngineMeasure three = EngineMeasure.Run(lines, shards: 3);
        return TextOf(EngineMeasure.Run(lines).Snapshot) == TextOf(three.Snapshot)
            && TextOf(three.Snapshot) == TextOf(MetricsSnapshot.Merge(three.Stages.Reverse().Select(stage => stage.Snapshot())));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static string TitleRow(int title)
    {
        int durationMs = 60_000 * (title + 1) * (title + 1);
        return $$"""{"kind":"title","time":"2025-01-01T00:00:00Z","title":"t{{title}}","durationMs":{{durationMs}},"edit":"e"}""";
    }

    // Another shard sees of a view only its requests: not that a repeated one comes after the view's end and changes nothing.
    private static List<string> LinesOf(int seed) =>
    [
        .. Catalogue,
        .. new RandomViews(seed).Lines(15).Where(line =>
            !line.Contains("playback_request", StringComparison.Ordinal) || line.Contains("\"seq\":0,", StringComparison.Ordinal)),
    ];

    private static bool IsNear(double? a, double? b) =>
        a is not { } x || double.IsNaN(x) ? b is null : b is { } y && Math.Abs(x - y) <= 1e-9 * Math.Max(1, Math.Abs(x));

    private static string TextOf(MetricsSnapshot snapshot)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            EngagementWriter.Write(writer, snapshot.Engagement);
            RetentionWriter.Write(writer, snapshot.Retention);
            foreach (MetricProfile profile in MetricProfile.All)
            {
                ProfileWriter.Write(writer, snapshot.Profiles.ReportOf(profile));
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
