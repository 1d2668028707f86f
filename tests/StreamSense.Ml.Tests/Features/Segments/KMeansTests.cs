using StreamSense.Core.Events;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features.Segments;

public sealed class KMeansTests
{
    [Fact]
    public void Fit_SmallSets_ComesToTheLeastObjectiveThereIs()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            int rows = random.Next(4, 9);
            int columns = random.Next(1, 4);
            int clusters = random.Next(1, 4);
            float[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)Math.Round(random.NextDouble() * 10, 1))];

            KMeansModel model = Fit(values, columns, clusters, restarts: 30);

            double least = LeastObjective(values, columns, model.Clusters);
            Assert.InRange(model.Inertia, least * (1 - 1e-9), (least * (1 + 1e-9)) + 1e-12);
            Assert.Equal(rows, model.Sizes.Sum());
        }
    }

    [Fact]
    public void Fit_ThreeClouds_FindsThem()
    {
        (float[] rows, int[] clouds) = Clouds(3, 200);

        KMeansModel model = Fit(rows, 2, 3);

        Assert.Equal([200, 200, 200], model.Sizes.ToArray());
        int[] found = [.. Enumerable.Range(0, 600).Select(i => model.Assign(rows.AsSpan(2 * i, 2)))];
        for (int cloud = 0; cloud < 3; cloud++)
        {
            Assert.Single(found.Where((_, i) => clouds[i] == cloud).Distinct());
        }

        Assert.Equal(3, found.Distinct().Count());
        Assert.InRange(model.Silhouette(rows)!.Value, 0.8, 1);
        Assert.Equal(3, new KMeansTrainer().FitBest(rows, 2, 2, 6, sample: 300).Clusters);
    }

    [Fact]
    public void Fit_SameSeed_SameBitsAndRowsInAnyOrderToo()
    {
        var random = new Random(8);
        float[] rows = [.. Enumerable.Range(0, 900).Select(_ => random.NextSingle())];
        int[] order = [.. Enumerable.Range(0, 300).OrderBy(_ => random.Next())];
        float[] shuffled = [.. order.SelectMany(row => rows.Skip(row * 3).Take(3))];

        KMeansModel model = Fit(rows, 3, 7);
        foreach (KMeansModel other in (KMeansModel[])[Fit(rows, 3, 7), Fit(shuffled, 3, 7)])
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(model.Inertia), BitConverter.DoubleToInt64Bits(other.Inertia));
            Assert.Equal(model.Sizes.ToArray(), other.Sizes.ToArray());
            for (int cluster = 0; cluster < 7; cluster++)
            {
                Assert.Equal(model.CentreOf(cluster), other.CentreOf(cluster));
            }
        }
    }

    [Fact]
    public void Fit_Standardised_UnitsDoNotMatter()
    {
        (float[] rows, _) = Clouds(3, 50);
        float[] scaled = [.. rows.Select((value, i) => i % 2 == 0 ? value * 1024 : value)];
        var options = new KMeansOptions { Clusters = 3 };
        KMeansModel model = new KMeansTrainer(options).Fit(rows, 2);
        KMeansModel other = new KMeansTrainer(options).Fit(scaled, 2);
        Assert.Equal(model.Inertia, other.Inertia, 1e-9);
        Assert.Equal(model.CentreOf(0)[0] * 1024, other.CentreOf(0)[0], 1e-6);
    }

    [Fact]
    public void Fit_FewerDifferentRowsThanClusters_MakesFewer()
    {
        KMeansModel model = Fit([1, 1, 1, 2, 2, 5], 1, 8);
        Assert.Equal([3, 2, 1], model.Sizes.ToArray());
        Assert.Equal(0, model.Inertia);
        Assert.Null(Fit([1, 1, 1], 1, 3).Silhouette([1, 1, 1]));
    }

    [Fact]
    public void Fit_MissingValues_CountAsTheMean()
    {
        KMeansModel model = Fit([0, 10, float.NaN, 10, 0, 10, 10, 10], 2, 1);
        Assert.Equal(10.0 / 3, model.CentreOf(0)[0], 1e-6);
        Assert.Equal(0, model.Assign([float.NaN, float.NaN]));
    }

    [Fact]
    public void Fit_WhatCannotBe_Throws()
    {
        Assert.Throws<ArgumentException>(() => new KMeansTrainer().Fit([], 1));
        Assert.Throws<ArgumentException>(() => new KMeansTrainer().Fit([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => new KMeansTrainer().Fit([1, float.PositiveInfinity], 1));
        Assert.Throws<OperationCanceledException>(() => new KMeansTrainer().Fit([1, 2], 1, new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KMeansTrainer(new KMeansOptions { Clusters = 65 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KMeansTrainer(new KMeansOptions { Restarts = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KMeansTrainer(new KMeansOptions { MaxIterations = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KMeansTrainer(new KMeansOptions { Tolerance = double.NaN }));
        Assert.Throws<ArgumentException>(() => Fit([1, 2, 3], 1, 2).Assign([1, 2]));
    }

    [Fact]
    public void Silhouette_FourPoints_IsTheHandCalculation()
    {
        // Points 0, 1 and 10, 12: (a, b) = (1, 11), (1, 10), (2, 9.5), (2, 11.5).
        float[] rows = [0, 1, 10, 12];
        double expected = (((11 - 1) / 11.0) + ((10 - 1) / 10.0) + ((9.5 - 2) / 9.5) + ((11.5 - 2) / 11.5)) / 4;
        Assert.Equal(expected, Fit(rows, 1, 2).Silhouette(rows)!.Value, 1e-12);
    }

    [Fact]
    public void Apply_Viewers_WritesOneSegmentEach()
    {
        (float[] rows, int[] clouds) = Clouds(2, 20);
        ViewerId[] viewers = [.. Enumerable.Range(0, 40).Select(i => World.Viewer((ulong)i))];
        using var table = new SegmentTable(100, "c0", "c1");

        Assert.Equal(40, Fit(rows, 2, 2).Apply(viewers, rows, table, "c0", "c1"));

        Assert.Equal(2, viewers.Select((viewer, i) => (table.SegmentsOf(viewer), clouds[i])).Distinct().Count());
        Assert.Throws<ArgumentException>(() => Fit(rows, 2, 2).Apply(viewers, rows, table, "c0"));
    }

    private static KMeansModel Fit(float[] rows, int columns, int clusters, int restarts = 10) =>
        new KMeansTrainer(new KMeansOptions { Clusters = clusters, Restarts = restarts, Standardise = false }).Fit(rows, columns);

    private static (float[] Rows, int[] Clouds) Clouds(int clouds, int each)
    {
        var random = new Random(2);
        (int Cloud, int At)[] order =
        [
            .. Enumerable.Range(0, clouds).SelectMany(cloud => Enumerable.Range(0, each).Select(i => (cloud, i)))
                .OrderBy(_ => random.Next()),
        ];
        float[] rows = [.. order.SelectMany(place => (float[])
        [
            (10 * (place.Cloud % 2)) + random.NextSingle(), (10 * (place.Cloud / 2)) + random.NextSingle(),
        ])];
        return (rows, [.. order.Select(place => place.Cloud)]);
    }

    // Every way to divide the rows among the clusters.
    private static double LeastObjective(float[] values, int columns, int clusters)
    {
        int rows = values.Length / columns;
        double least = double.PositiveInfinity;
        int ways = (int)Math.Pow(clusters, rows);
        for (int way = 0; way < ways; way++)
        {
            double objective = 0;
            for (int cluster = 0; cluster < clusters; cluster++)
            {
                int[] members = [.. Enumerable.Range(0, rows).Where(row => way / (int)Math.Pow(clusters, row) % clusters == cluster)];
                for (int column = 0; column < columns && members.Length > 0; column++)
                {
                    double mean = members.Average(row => (double)values[(row * columns) + column]);
                    objective += members.Sum(row => Math.Pow(values[(row * columns) + column] - mean, 2));
                }
            }

            least = Math.Min(least, objective);
        }

        return least;
    }
}
