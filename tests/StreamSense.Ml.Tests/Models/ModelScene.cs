using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Models;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Tests.Models;

/// <summary>Models and cards to write into files.</summary>
internal static class ModelScene
{
    public static readonly EventTime TrainedAt = EventTime.From(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));

    public static readonly FeatureLayout Layout = new(
        new FeatureDefinition("a", FeatureScope.Title),
        new FeatureDefinition("b", FeatureScope.Viewer, 2),
        new FeatureDefinition("c", FeatureScope.ViewerTitle));

    public static ModelCard Card(string name = "home", string version = "1", FeatureLayout? layout = null) => new()
    {
        Name = name,
        Version = version,
        TrainedAt = TrainedAt,
        Seed = 7,
        Layout = layout is null ? null : ModelLayout.Of(layout),
        Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("ndcg@10", 0.75).Add("auc", 0.5),
        Data = new ModelDataRange(1000, TrainedAt - TimeSpan.FromDays(30), TrainedAt),
        Options = "trees=100",
        Tags = ImmutableSortedDictionary<string, string>.Empty.Add("owner", "tests"),
    };

    public static LinearModel Linear(string version = "1", float weight = 1, FeatureLayout? layout = null) => new(
        "home",
        version,
        [new FeatureWeight("a", weight), new FeatureWeight("b", -0.5f, 2f)],
        0.25f,
        layout?.Hash);

    public static ModelFile LinearFile(string version = "1", float weight = 1, string name = "home") =>
        ModelFile.Create(Card(name, version, Layout), Linear(version, weight, Layout), ModelCodecs.Linear);

    public static TreeEnsemble Trees(int seed)
    {
        var random = new Random(seed);
        int features = random.Next(1, 6);
        return new TreeEnsemble(
            [.. Enumerable.Range(0, features).Select(i => $"f{i}")],
            [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => Tree(random, features))])
        {
            BaseScore = random.NextDouble() - 0.5,
            Link = (TreeLink)random.Next(3),
            LinkScale = 1 + random.NextDouble(),
            Arithmetic = (TreeArithmetic)random.Next(2),
        };
    }

    public static ItemFactors Factors(int seed)
    {
        var random = new Random(seed);
        int titles = random.Next(0, 20);
        int dimensions = random.Next(1, 9);
        return new ItemFactors(Titles(titles), dimensions, [.. Enumerable.Range(0, titles * dimensions).Select(_ => Number(random))]);
    }

    public static ItemNeighbours Neighbours(int seed)
    {
        var random = new Random(seed);
        int titles = random.Next(1, 20);
        var starts = new int[titles + 1];
        for (int i = 0; i < titles; i++)
        {
            starts[i + 1] = starts[i] + random.Next(4);
        }

        return new ItemNeighbours(
            Titles(titles),
            [.. starts],
            [.. Enumerable.Range(0, starts[^1]).Select(_ => random.Next(titles))],
            [.. Enumerable.Range(0, starts[^1]).Select(_ => Number(random))]);
    }

    public static byte[] Bytes(ModelFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    public static ModelFile Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return ModelFile.Read(stream, "the file");
    }

    private static ImmutableArray<TitleId> Titles(int count) => [.. Enumerable.Range(1, count).Select(i => NameTable.IdOf($"m{i}"))];

    private static float Number(Random random) => random.Next(5) switch
    {
        0 => -0f,
        1 => float.Epsilon,
        2 => float.MaxValue,
        _ => (float)(random.NextDouble() - 0.5),
    };

    // Splits hang below a leaf of the tree so far, so that each child comes after its parent.
    private static DecisionTree Tree(Random random, int features)
    {
        int splits = random.Next(0, 12);
        var left = new int[splits];
        var right = new int[splits];
        var open = new List<(int Parent, bool IsLeft)>();
        for (int i = 0; i < splits; i++)
        {
            if (open.Count > 0)
            {
                int at = random.Next(open.Count);
                (open[at].IsLeft ? left : right)[open[at].Parent] = i;
                open.RemoveAt(at);
            }

            open.Add((i, true));
            open.Add((i, false));
        }

        for (int leaf = 0; leaf < open.Count; leaf++)
        {
            (open[leaf].IsLeft ? left : right)[open[leaf].Parent] = ~leaf;
        }

        int sets = random.Next(3);
        bool hasCovers = random.Next(2) == 0;
        return new DecisionTree(
            [
                .. Enumerable.Range(0, splits).Select(i => new TreeSplit(
                    random.Next(features), Number(random), left[i], right[i], random.Next(2) == 0, random.Next(sets + 1) - 1)
                {
                    ZeroIsMissing = random.Next(2) == 0,
                }),
            ],
            [.. Enumerable.Range(0, splits + 1).Select(_ => random.NextDouble() - 0.5)])
        {
            Categories =
            [
                .. Enumerable.Range(0, sets).Select(_ => new TreeCategories(
                    [.. Enumerable.Range(0, random.Next(4)).Select(_ => (ulong)random.NextInt64())])),
            ],
            LeafCovers = hasCovers ? [.. Enumerable.Range(0, splits + 1).Select(_ => (double)random.Next(100))] : [],
        };
    }

    /// <summary>The fifths of forty people.</summary>
    public static RfmModel Rfm() =>
        RfmModel.Fit([.. Enumerable.Range(1, 40).Select(i => new RfmPoint(new ViewerId((ulong)i), i, 41 - i, i * 0.5))]);

    /// <summary>Three clusters of rows of two numbers.</summary>
    public static KMeansModel KMeans()
    {
        var random = new Random(6);
        float[] rows = [.. Enumerable.Range(0, 120).Select(i => (i / 2 % 3 * 5) + random.NextSingle())];
        return new KMeansTrainer(new KMeansOptions { Clusters = 3 }).Fit(rows, 2);
    }
}
