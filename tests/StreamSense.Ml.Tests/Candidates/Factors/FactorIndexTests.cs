using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Factors;

namespace StreamSense.Ml.Tests.Candidates.Factors;

public sealed class FactorIndexTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 63, 3, 10 }, { 64, 8, 64 }, { 65, 7, 100 }, { 1000, 64, 100 }, { 5000, 33, 1000 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Top_AnyShape_IsASortOfAllDotProducts(int items, int dimensions, int wanted)
    {
        ItemFactors factors = Random(items, dimensions);
        float[] vector = Vector(dimensions);
        var found = new ScoredItem[wanted];

        int count = new FactorIndex(factors).Top(vector, found);

        ScoredItem[] expected =
        [
            .. Enumerable.Range(0, items)
                .Select(item => new ScoredItem(item, Dot(factors, item, vector)))
                .OrderByDescending(item => item.Score)
                .ThenBy(item => item.Item)
                .Take(wanted),
        ];
        Assert.Equal(expected, found[..count]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Top_EveryWidth_GivesTheSameBits(int items, int dimensions, int wanted)
    {
        ItemFactors factors = Random(items, dimensions);
        float[] vector = Vector(dimensions);
        foreach (int width in (int[])[512, 256, 128])
        {
            Assert.Equal(Top(new FactorIndex(factors, 0), vector, wanted), Top(new FactorIndex(factors, width), vector, wanted));
        }

        foreach (int width in (int[])[512, 256, 128])
        {
            if (width <= BytePanel.Width)
            {
                Assert.Equal(
                    Top(new ByteFactorIndex(factors, 0), vector, wanted), Top(new ByteFactorIndex(factors, width), vector, wanted));
            }
        }
    }

    [Fact]
    public void Top_ManyEqualScores_TakesTheFirstPlaces()
    {
        var factors = new ItemFactors([.. Enumerable.Range(1, 500).Select(i => new TitleId((ulong)i))], 1, new float[500]);

        Assert.Equal(Enumerable.Range(0, 20), Top(new FactorIndex(factors), [1], 20).Select(item => item.Item));
    }

    [Fact]
    public void Top_OfBytes_FindsNearlyAllOfTheBest()
    {
        const int Best = 100;
        ItemFactors factors = Random(10_000, 64);
        var exact = new FactorIndex(factors);
        var bytes = new ByteFactorIndex(factors);
        int found = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            float[] vector = Vector(64, seed);
            IEnumerable<int> best = Top(exact, vector, Best).Select(item => item.Item);
            found += best.Intersect(Top(bytes, vector, Best).Select(item => item.Item)).Count();
        }

        Assert.InRange(found, 0.96 * 20 * Best, 20 * Best);
    }

    [Fact]
    public void Top_OfBytesWithManyDimensions_StaysWithinItsNumbers()
    {
        float[] values = [.. Enumerable.Repeat(1f, 2001), .. Enumerable.Repeat(-2f, 2001)];
        var factors = new ItemFactors([new TitleId(1), new TitleId(2)], 2001, values);
        ScoredItem[] found = Top(new ByteFactorIndex(factors), [.. Enumerable.Repeat(3f, 2001)], 2);

        Assert.Equal([0, 1], found.Select(item => item.Item));
        Assert.Equal(6003, found[0].Score, 6003 * 0.01);
        Assert.Equal(-12_006, found[1].Score, 12_006 * 0.01);
    }

    [Fact]
    public void Top_NoVectorOrNoRoom_FindsNothingOrRefuses()
    {
        var index = new FactorIndex(Random(10, 4));

        Assert.Equal(0, index.Top(Vector(4), []));
        Assert.Throws<ArgumentException>(() => index.Top(Vector(3), new ScoredItem[1]));
        Assert.Throws<ArgumentException>(() => new ByteFactorIndex(Random(10, 4)).Top(Vector(5), new ScoredItem[1]));
        Assert.All(Top(new ByteFactorIndex(Random(10, 4)), new float[4], 10), item => Assert.Equal(0, item.Score));
    }

    [Fact]
    public void Top_Warm_AllocatesNothing()
    {
        ItemFactors factors = Random(2000, 64);
        float[] vector = Vector(64);
        var found = new ScoredItem[100];
        var exact = new FactorIndex(factors);
        var bytes = new ByteFactorIndex(factors);

        Assert.Equal(0, Allocations.Least(() => exact.Top(vector, found)));
        Assert.Equal(0, Allocations.Least(() => bytes.Top(vector, found)));
    }

    [Fact]
    public void Fold_LeastSquares_SolvesItsEquation()
    {
        const int D = 6;
        ItemFactors factors = Random(50, D);
        var fold = new LeastSquaresFoldIn(factors, 0.3f, 0.2f);
        var vector = new float[D];
        int[] items = [3, 9, 40];
        float[] weights = [1, 0.5f, 2];
        fold.Fold(items, weights, vector, new byte[fold.ScratchBytes]);

        for (int row = 0; row < D; row++)
        {
            double left = 0.2 * vector[row];
            double right = 0;
            for (int item = 0; item < 50; item++)
            {
                int place = Array.IndexOf(items, item);
                double weight = 0.3f + (place < 0 ? 0 : weights[place]);
                left += weight * factors.Values[(item * D) + row] * Dot(factors, item, vector);
                right += place < 0 ? 0 : weights[place] * factors.Values[(item * D) + row];
            }

            Assert.Equal(right, left, 1e-4);
        }
    }

    [Fact]
    public void Fold_Mean_IsTheWeightedMean()
    {
        var factors = new ItemFactors([new TitleId(1), new TitleId(2)], 2, [1, 2, 5, 6]);
        var vector = new float[2];
        new MeanFoldIn(factors).Fold([0, 1], [3, 1], vector, []);

        Assert.Equal([2f, 3f], vector);
    }

    private static ScoredItem[] Top(IFactorIndex index, float[] vector, int wanted)
    {
        var found = new ScoredItem[wanted];
        return found[..index.Top(vector, found)];
    }

    private static float Dot(ItemFactors factors, int item, float[] vector)
    {
        float sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            sum = float.FusedMultiplyAdd(vector[i], factors.Values[(item * vector.Length) + i], sum);
        }

        return sum;
    }

    private static ItemFactors Random(int items, int dimensions) => new(
        [.. Enumerable.Range(1, items).Select(i => new TitleId((ulong)i))], dimensions, Normal(items * dimensions, 1));

    private static float[] Vector(int dimensions, int seed = 0) => Normal(dimensions, 100 + seed);

    private static float[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()))),
        ];
    }
}
