using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Training.Boosting;

namespace StreamSense.Ml.Tests.Training.Boosting;

public sealed class CutFinderTests
{
    [Fact]
    public void OfNumbers_OfFewValues_GivesEachABinOfItsOwn()
    {
        FeatureCuts cuts = CutFinder.OfNumbers([3, 1, float.NaN, 2, 1], maxBins: 255);

        Assert.Equal([1.5f, 2.5f], cuts.Thresholds);
        Assert.True(cuts.HasMissing);
        Assert.Equal(4, cuts.Bins);
        Assert.Equal([2, 0, 3, 1, 0], new[] { 3, 1, float.NaN, 2, 1 }.Select(cuts.BinOf));
    }

    [Fact]
    public void OfNumbers_OfNeighbouringNumbers_TellsThemApart()
    {
        float next = MathF.BitIncrement(1);

        FeatureCuts cuts = CutFinder.OfNumbers([1, next], maxBins: 255);

        Assert.Equal([next], cuts.Thresholds);
        Assert.Equal(0, cuts.BinOf(1));
        Assert.Equal(1, cuts.BinOf(next));
    }

    [Fact]
    public void OfNumbers_OfInfinities_TellsThemApart()
    {
        float[] values = [float.NegativeInfinity, -1, float.MaxValue, float.PositiveInfinity];

        FeatureCuts cuts = CutFinder.OfNumbers(values, maxBins: 255);

        Assert.Equal([0, 1, 2, 3], values.Select(cuts.BinOf));
    }

    [Fact]
    public void OfNumbers_OfManyValues_FillsBinsEvenly()
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 50_000).Select(_ => (float)random.NextDouble())];

        FeatureCuts cuts = CutFinder.OfNumbers(values, maxBins: 100);

        int[] counts = [.. values.GroupBy(cuts.BinOf).Select(bin => bin.Count())];
        Assert.Equal(100, counts.Length);
        Assert.InRange(counts.Min(), 480, 500);
        Assert.InRange(counts.Max(), 500, 520);
    }

    [Fact]
    public void OfNumbers_OfAFrequentValueAmongMany_GivesItABinOfItsOwn()
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 20_000).Select(row => row % 2 == 0 ? 0 : (float)(random.NextDouble() - 0.5))];

        FeatureCuts cuts = CutFinder.OfNumbers(values, maxBins: 50);

        Assert.All(values.Where(value => cuts.BinOf(value) == cuts.BinOf(0)), value => Assert.Equal(0, value));
        Assert.InRange(cuts.ValueBins, 48, 50);
    }

    [Fact]
    public void OfNumbers_OfNothingButMissing_HasOneBinForThem()
    {
        FeatureCuts cuts = CutFinder.OfNumbers([float.NaN, float.NaN], maxBins: 255);

        Assert.Empty(cuts.Thresholds);
        Assert.Equal(1, cuts.BinOf(float.NaN));
    }

    [Fact]
    public void BinOf_OfAnyValue_AnswersAsTheThresholdsDo() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<float[]>().Select(values => values.Where(value => !float.IsNaN(value)).ToArray()).ToArbitrary(),
        values =>
        {
            FeatureCuts cuts = CutFinder.OfNumbers([.. values, 0], maxBins: 8);
            foreach (float value in values)
            {
                int bin = cuts.BinOf(value);
                Assert.True(cuts.Bins <= 8);
                for (int i = 0; i < cuts.Thresholds.Length; i++)
                {
                    Assert.Equal(value < cuts.Thresholds[i], bin <= i);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void OfCategories_OfMoreThanFit_KeepsTheMostFrequent()
    {
        FeatureCuts cuts = CutFinder.OfCategories([7, 7, 7, 5, 5, 9, 3, float.NaN, -1, 2.5f], maxBins: 3);

        Assert.Equal([7, 5], cuts.Categories!);
        Assert.Equal([0, 1, 2, 2, 2, 3, 3, 3], new[] { 7, 5, 9, 3, 100, float.NaN, -1, 2.5f }.Select(cuts.BinOf));
    }

    [Fact]
    public void OfCategories_OfOneThatIsTooGreat_Throws() =>
        Assert.Throws<ArgumentException>(() => CutFinder.OfCategories([1, 2e6f], maxBins: 255));

    [Theory]
    [InlineData(10)]
    [InlineData(5_000)]
    public void Sort_OfAnyNumbers_IsThatOfTheRuntime(int count)
    {
        var random = new Random(count);
        float[] values =
        [
            .. Enumerable.Range(0, count - 4).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))),
            float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon,
        ];
        values = [.. values.Select(value => float.IsNaN(value) ? 1 : value)];
        float[] expected = [.. values.Order()];

        FloatOrder.Sort(values);

        Assert.Equal(expected, values);
    }
}
