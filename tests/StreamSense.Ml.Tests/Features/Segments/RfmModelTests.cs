using System.Globalization;
using StreamSense.Contracts;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features.Segments;

public sealed class RfmModelTests
{
    [Fact]
    public void Score_TenViewers_IsTheHandTable()
    {
        // Recency in days, frequency, money; the scores by hand: two viewers a fifth, equal values in the lower fifth of those they span.
        (double R, double F, double M, string Score, RfmSegment Segment)[] table =
        [
            (1, 20, 100, "555", RfmSegment.Champions),
            (2, 18, 10, "551", RfmSegment.Champions),
            (5, 15, 90, "445", RfmSegment.Loyal),
            (7, 1, 15, "412", RfmSegment.Promising),
            (9, 9, 20, "332", RfmSegment.NeedAttention),
            (12, 1, 12, "311", RfmSegment.AboutToSleep),
            (30, 14, 80, "244", RfmSegment.AtRisk),
            (40, 3, 70, "224", RfmSegment.Hibernating),
            (90, 6, 30, "133", RfmSegment.AtRisk),
            (99, 2, 40, "123", RfmSegment.Hibernating),
        ];
        RfmPoint[] points = [.. table.Select((row, i) => new RfmPoint(World.Viewer((ulong)i), row.R, row.F, row.M))];

        RfmModel model = RfmModel.Fit(points);

        Assert.Equal([2.0, 7, 12, 40], model.RecencyBounds.ToArray());
        Assert.Equal([1.0, 3, 9, 15], model.FrequencyBounds.ToArray());
        Assert.Equal([12.0, 20, 40, 80], model.MonetaryBounds.ToArray());
        Assert.Equal(table.Select(row => row.Score), points.Select(point => model.Score(point).ToString()));
        Assert.Equal(table.Select(row => row.Segment), points.Select(point => model.Score(point).Segment));
    }

    [Fact]
    public void Segment_AllScores_AreDividedAsTheTableSays()
    {
        // Rows: recency 5 down to 1; columns: frequency 1 to 5.
        string[] grid = ["nPPcc", "oPPll", "aaNll", "hhrrX", "hhrrX"];
        var letters = new Dictionary<RfmSegment, char>
        {
            [RfmSegment.Champions] = 'c',
            [RfmSegment.Loyal] = 'l',
            [RfmSegment.PotentialLoyalists] = 'P',
            [RfmSegment.New] = 'n',
            [RfmSegment.Promising] = 'o',
            [RfmSegment.NeedAttention] = 'N',
            [RfmSegment.AboutToSleep] = 'a',
            [RfmSegment.AtRisk] = 'r',
            [RfmSegment.CannotLose] = 'X',
            [RfmSegment.Hibernating] = 'h',
        };
        for (int recency = 1; recency <= 5; recency++)
        {
            for (int frequency = 1; frequency <= 5; frequency++)
            {
                Assert.Equal(grid[5 - recency][frequency - 1], letters[new RfmScore(recency, frequency, 3).Segment]);
            }
        }

        Assert.Equal(Enum.GetValues<RfmSegment>().Length, RfmModel.SegmentNames.Length);
    }

    [Fact]
    public void Fit_PointsInAnyOrder_IsTheSame()
    {
        var random = new Random(4);
        RfmPoint[] points =
        [
            .. Enumerable.Range(0, 1001).Select(i =>
                new RfmPoint(World.Viewer((ulong)i), random.Next(90), random.Next(1, 9), random.NextDouble())),
        ];
        RfmModel model = RfmModel.Fit(points);
        RfmModel shuffled = RfmModel.Fit([.. points.OrderBy(_ => random.Next())]);
        Assert.All(points, point => Assert.Equal(model.Score(point), shuffled.Score(point)));
        Assert.Equal(200, points.Count(point => model.Score(point).Monetary == 5));
    }

    [Fact]
    public void Fit_AllTheSame_IsTheMiddleOfNothing()
    {
        RfmModel model = RfmModel.Fit([new RfmPoint(World.Viewer(1), 3, 3, 3), new RfmPoint(World.Viewer(2), 3, 3, 3)]);
        Assert.Equal("511", model.Score(new RfmPoint(World.Viewer(1), 3, 3, 3)).ToString());
        Assert.Throws<ArgumentException>(() => RfmModel.Fit([]));
        Assert.Throws<ArgumentException>(() => RfmModel.Fit([new RfmPoint(World.Viewer(1), double.NaN, 1, 1)]));
    }

    [Fact]
    public void Apply_Points_WritesOneSegmentEach()
    {
        RfmPoint[] points =
            [.. Enumerable.Range(0, 50).Select(i => new RfmPoint(World.Viewer((ulong)i), i, 50 - i, i))];
        using var table = new SegmentTable(100, ["own", .. RfmModel.SegmentNames]);
        table.Set(World.Viewer(3), 1, 1);
        RfmModel model = RfmModel.Fit(points);

        Assert.Equal(50, model.Apply(points, table));
        Assert.Equal(0, model.Apply(points, table));

        Assert.Equal(table.BitOf("own") | table.BitOf("champions"), table.SegmentsOf(World.Viewer(3)));
        Assert.Equal(table.BitOf("hibernating"), table.SegmentsOf(World.Viewer(49)));
        using var other = new SegmentTable(100, "own");
        Assert.Throws<ArgumentException>(() => model.Apply(points, other));
    }

    [SkippableFact]
    public void Score_CdnowCustomers_FifthsAreFifths()
    {
        var customers = new Dictionary<ulong, (int Last, int Times, double Dollars)>();
        foreach (string line in File.ReadLines(SharedData.Require("cdnow-cohort/CDNOW_sample.txt")))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            ulong id = ulong.Parse(parts[1], CultureInfo.InvariantCulture);
            int day = DateOnly.ParseExact(parts[2], "yyyyMMdd", CultureInfo.InvariantCulture).DayNumber;
            double dollars = double.Parse(parts[4], CultureInfo.InvariantCulture);
            (int last, int times, double sum) = customers.GetValueOrDefault(id);
            customers[id] = (Math.Max(last, day), times + 1, sum + dollars);
        }

        int end = new DateOnly(1998, 6, 30).DayNumber;
        RfmPoint[] points =
            [.. customers.Select(c => new RfmPoint(World.Viewer(c.Key), end - c.Value.Last, c.Value.Times, c.Value.Dollars))];
        RfmModel model = RfmModel.Fit(points);

        Assert.Equal(2357, points.Length);
        for (int score = 1; score <= 5; score++)
        {
            // Dollars are nearly all different, so fifths come out even.
            Assert.InRange(points.Count(point => model.Score(point).Monetary == score), 455, 490);
        }

        double Mean(int recency) => points.Where(point => model.Score(point).Recency == recency).Average(point => point.Frequency);
        Assert.True(Mean(5) > Mean(1) * 1.5, "Who came lately came more often.");
        Assert.True(points.Count(point => model.Score(point).Segment == RfmSegment.Champions) > 200);
    }
}
