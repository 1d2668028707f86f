using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Comparison;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Tests.Metrics.Cubes;

public sealed class CubeComparisonTests
{
    private readonly Vocabulary _vocabulary = new();

    [Fact]
    public void Compare_TwoGroups_HasTheValuesOfTheirRows()
    {
        (CubeRow left, CubeRow right) = Rows(1.0);

        IReadOnlyList<MetricComparison> all = CubeComparison.Compare(left, right);

        Assert.Equal(9, all.Select(metric => metric.Name).Distinct().Count());
        Assert.Equal((left.Metrics.EndedPlays, right.Metrics.EndedPlays), ViewsOf(all, "bounceRate"));
        Assert.Equal((left.Metrics.CompletablePlays, right.Metrics.CompletablePlays), ViewsOf(all, "completionRate"));
        Assert.Equal((left.Metrics.EndedPlays, right.Metrics.EndedPlays), ViewsOf(all, "averageWatchSeconds"));
        Assert.Equal((left.Metrics.EndedPlays, right.Metrics.EndedPlays), ViewsOf(all, "bufferingRatio"));
        Assert.InRange(ViewsOf(all, "startupP95Ms").Left, 1, left.Metrics.EndedPlays);
        Assert.Equal(left.Metrics.BounceRate, Of(all, "bounceRate").Left.Value);
        Assert.Equal(right.Metrics.CompletionRate, Of(all, "completionRate").Right.Value);
        Assert.Equal(left.Metrics.BufferingRatio, Of(all, "bufferingRatio").Left.Value);
        Assert.Equal(left.Metrics.AverageWatchSeconds!.Value, Of(all, "averageWatchSeconds").Left.Value!.Value, 9);
        Assert.Equal(right.Metrics.Startup.P95!.Value.TotalMilliseconds, Of(all, "startupP95Ms").Right.Value!.Value, 9);
        Assert.All(all, metric => Assert.True(metric.Left.Interval!.Value.Contains(metric.Left.Value!.Value)));
        Assert.All(all, metric => Assert.Equal(metric.Right.Value!.Value - metric.Left.Value!.Value, metric.Difference.Value!.Value, 6));
    }

    [Fact]
    public void Compare_GroupsOfWhichOneStallsLonger_FindsThatAndLittleElse()
    {
        (CubeRow left, CubeRow right) = Rows(4.0);

        IReadOnlyList<MetricComparison> all = CubeComparison.Compare(left, right);

        Assert.True(Of(all, "bufferingRatio").IsDifferent);
        Assert.True(Of(all, "bufferingRatio").Difference.Interval!.Value.Lower > 0);
        Assert.InRange(all.Count(metric => metric.IsDifferent), 1, 3);
    }

    [Fact]
    public void Compare_EmptyRows_HasNoValues()
    {
        using var cube = new MetricCube(_vocabulary, new TitleTable(_vocabulary));
        CubeRow row = cube.Snapshot().Query(new CubeQuery())[0];

        Assert.All(CubeComparison.Compare(row, row), metric => Assert.Equal(Estimate.None, metric.Difference));
        Assert.DoesNotContain(CubeComparison.Compare(row, row), metric => metric.IsDifferent);
    }

    [Fact]
    public void Write_Comparisons_HasNullsWhereThereIsNothing()
    {
        (CubeRow left, CubeRow right) = Rows(1.0);
        using var empty = new MetricCube(_vocabulary, new TitleTable(_vocabulary));
        using var some = JsonDocument.Parse(Sections.TextOf(writer => ComparisonWriter.Write(writer, CubeComparison.Compare(left, right))));
        using var none = JsonDocument.Parse(Sections.TextOf(
            writer => ComparisonWriter.Write(writer, CubeComparison.Compare(left, empty.Snapshot().Query(new CubeQuery())[0]))));

        JsonElement first = some.RootElement[0];
        Assert.Equal(["name", "method", "left", "right", "difference", "isDifferent"], first.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["value", "lower", "upper", "views"], first.GetProperty("left").EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["mean", "proportion", "quantile", "ratio"],
            some.RootElement.EnumerateArray().Select(metric => metric.GetProperty("method").GetString()).Distinct().Order(StringComparer.Ordinal));
        Assert.All(none.RootElement.EnumerateArray(), metric =>
        {
            Assert.All(metric.GetProperty("difference").EnumerateObject(), member => Assert.Equal(JsonValueKind.Null, member.Value.ValueKind));
            Assert.Equal(0, metric.GetProperty("right").GetProperty("views").GetInt64());
        });
    }

    [Fact]
    public void ValueOf_EveryMetric_IsThatOfTheRow()
    {
        CubeMetrics metrics = Rows(1.0).Left.Metrics;

        Assert.All(Enum.GetValues<CubeMetric>(), metric => Assert.NotNull(metrics.ValueOf(metric)));
        Assert.Equal(metrics.Ad.TotalSeconds, metrics.ValueOf(CubeMetric.Ad));
        Assert.Equal(metrics.RebufferFrequencyPerHour, metrics.ValueOf(CubeMetric.RebufferFrequencyPerHour));
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.ValueOf((CubeMetric)200));
    }

    private static (long Left, long Right) ViewsOf(IReadOnlyList<MetricComparison> all, string name) =>
        (Of(all, name).LeftViews, Of(all, name).RightViews);

    private static MetricComparison Of(IReadOnlyList<MetricComparison> all, string name) =>
        Assert.Single(all, metric => metric.Name == name);

    private (CubeRow Left, CubeRow Right) Rows(double stalls)
    {
        using var cube = new MetricCube(_vocabulary, new TitleTable(_vocabulary));
        var random = new RandomSessions(_vocabulary, 14);
        Symbol[] cdns = [_vocabulary.Cdns.Intern("left"), _vocabulary.Cdns.Intern("right")];
        for (int i = 0; i < 1_000; i++)
        {
            PlaybackSession session = random.Next();
            session.Cdn = cdns[i % 2];
            session.Times.Rebuffering = i % 2 == 0 ? session.Times.Rebuffering : (long)(session.Times.Rebuffering * stalls);
            cube.Add(session, []);
        }

        IReadOnlyList<CubeRow> rows = cube.Snapshot().Query(new CubeQuery { Level = CubeLevel.Day, By = [CubeDimension.Cdn] });
        return (rows.Single(row => row.Values[0].Name == "left"), rows.Single(row => row.Values[0].Name == "right"));
    }
}
