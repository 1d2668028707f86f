using System.Collections.Immutable;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Tests.Ranking.Trees;

/// <summary>Ensembles and rows of every kind, by seed.</summary>
internal sealed class TreeScene(int seed)
{
    private static readonly float[] _odd =
    [
        0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, 1e-35f, -1e-35f, 1.0000001e-35f,
        float.MaxValue, float.MinValue, 1, 2, 63, 64, 65, 130, -1, 0.5f,
    ];

    private readonly Random _random = new(seed);

    public int Features { get; init; } = 5;

    /// <summary>How many different thresholds there are to choose from.</summary>
    public int Thresholds { get; init; } = 20;

    public double CategoricalShare { get; init; } = 0.15;

    public double ZeroShare { get; init; } = 0.1;

    public TreeEnsemble Ensemble(int trees, int mostLeaves, TreeArithmetic arithmetic = TreeArithmetic.Single)
    {
        float[] thresholds = [.. Enumerable.Range(0, Thresholds).Select(_ => Number(oddShare: 0.2))];
        ImmutableArray<TreeCategories> sets =
        [
            .. Enumerable.Range(0, 4)
                .Select(_ => new TreeCategories([(ulong)_random.NextInt64(), .. Enumerable.Repeat(5ul, _random.Next(2))])),
        ];
        return new TreeEnsemble(
            [.. Enumerable.Range(0, Features).Select(i => $"f{i}")],
            [.. Enumerable.Range(0, trees).Select(_ => Tree(1 + _random.Next(mostLeaves), thresholds, sets))])
        {
            Arithmetic = arithmetic,
            BaseScore = _random.NextDouble(),
            Link = (TreeLink)_random.Next(3),
            LinkScale = 0.5 + _random.NextDouble(),
        };
    }

    public DecisionTree Tree(int leaves, float[] thresholds, ImmutableArray<TreeCategories> sets)
    {
        var splits = ImmutableArray.CreateBuilder<TreeSplit>();
        var values = ImmutableArray.CreateBuilder<double>();
        int shape = _random.Next(4);
        Grow(leaves);
        return new DecisionTree(splits.ToImmutable(), values.ToImmutable())
        {
            Categories = sets,
            LeafCovers = [.. values.Select(_ => (double)_random.Next(0, 50))],
        };

        int Grow(int count)
        {
            if (count == 1)
            {
                values.Add((_random.NextDouble() - 0.5) / 3);
                return ~(values.Count - 1);
            }

            int me = splits.Count;
            splits.Add(default);
            int left = shape switch { 0 => count / 2, 1 => 1, 2 => count - 1, _ => 1 + _random.Next(count - 1) };
            int leftChild = Grow(left);
            int rightChild = Grow(count - left);
            bool categorical = _random.NextDouble() < CategoricalShare;
            splits[me] = new TreeSplit(
                _random.Next(Features),
                thresholds[_random.Next(thresholds.Length)],
                leftChild,
                rightChild,
                MissingLeft: _random.Next(2) == 0,
                categorical ? _random.Next(sets.Length) : -1)
            {
                ZeroIsMissing = !categorical && _random.NextDouble() < ZeroShare,
            };
            return me;
        }
    }

    /// <summary>Numbers for rows: thresholds' neighbours, oddities, categories and missing ones.</summary>
    public float[] Numbers(int count, TreeEnsemble? near = null)
    {
        float[] thresholds = near is null
            ? []
            : [.. near.Trees.SelectMany(tree => tree.Splits).Select(split => split.Threshold).Distinct().Take(500)];
        return [.. Enumerable.Range(0, count).Select(_ => One())];

        float One() => _random.Next(10) switch
        {
            0 => float.NaN,
            1 => _random.Next(140),
            <= 5 when thresholds.Length > 0 => Beside(thresholds[_random.Next(thresholds.Length)]),
            _ => Number(oddShare: 0.3),
        };
    }

    private float Beside(float threshold) => _random.Next(3) switch
    {
        0 => MathF.BitIncrement(threshold),
        1 => MathF.BitDecrement(threshold),
        _ => threshold,
    };

    private float Number(double oddShare) =>
        _random.NextDouble() < oddShare ? _odd[_random.Next(_odd.Length)] : (float)((_random.NextDouble() * 20) - 10);
}
