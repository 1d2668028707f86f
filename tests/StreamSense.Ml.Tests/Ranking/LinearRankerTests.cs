using StreamSense.Contracts.Ranking;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Tests.Ranking;

public sealed class LinearRankerTests : RankerContract
{
    private static readonly FeatureLayout Layout = new(
        new FeatureDefinition("a", FeatureScope.Title),
        new FeatureDefinition("b", FeatureScope.Viewer),
        new FeatureDefinition("c", FeatureScope.ViewerTitle));

    private static readonly LinearModel Model = new("m", "1", [new FeatureWeight("c", -2), new FeatureWeight("a", 0.5f, Missing: 3)], Bias: 10);

    protected override IRanker CreateRanker() => new LinearRanker(Model, Layout);

    [Fact]
    public void Score_NamedWeights_GoToTheirColumns()
    {
        float[] columns = [2, 4, 100, 200, 1, -1];
        var scores = new float[2];

        Score(columns, scores);

        Assert.Equal([10 + 1 - 2, 10 + 2 + 2], scores);
    }

    [Fact]
    public void Score_MissingFeature_TakesTheWeightsDefault()
    {
        float[] columns = [float.NaN, 4, float.NaN, float.NaN, 1, float.NaN];
        var scores = new float[2];

        Score(columns, scores);

        Assert.Equal([10 + 1.5f - 2, 10 + 2], scores);
    }

    [Fact]
    public void Constructor_LayoutHashOfAnother_RefusesAtBind()
    {
        _ = new LinearRanker(Model with { LayoutHash = Layout.Hash }, Layout);

        Assert.Throws<ArgumentException>(() => new LinearRanker(Model with { LayoutHash = Layout.Hash + 1 }, Layout));
    }

    [Theory]
    [InlineData("unknown", 1, 0)]
    [InlineData("a", 1, 0)]
    [InlineData("b", float.NaN, 0)]
    [InlineData("b", 1, float.PositiveInfinity)]
    public void Constructor_WeightThatCannotBe_Refuses(string feature, float weight, float missing) =>
        Assert.Throws<ArgumentException>(() =>
            new LinearRanker(Model with { Weights = Model.Weights.Add(new FeatureWeight(feature, weight, missing)) }, Layout));

    [Fact]
    public void Constructor_BiasNotFinite_Refuses() =>
        Assert.Throws<ArgumentException>(() => new LinearRanker(Model with { Bias = float.NaN }, Layout));

    [Fact]
    public void Score_BatchOfAnotherLayout_Refuses()
    {
        var other = new FeatureLayout(new FeatureDefinition("a", FeatureScope.Title));

        Assert.Throws<ArgumentException>(() =>
            CreateRanker().Score(default, new CandidateBatch([new(1)], [1f], other), new float[1], new byte[4]));
    }

    [Fact]
    public void StandardModels_AllOfThem_BindToTheStandardFeatures()
    {
        foreach (FeatureLayout layout in (FeatureLayout[])[StandardFeatures.Basic.Layout, StandardFeatures.Streaming.Layout])
        {
            Assert.All(
                [StandardModels.Home, StandardModels.Trending, StandardModels.ContinueWatching],
                model => Assert.Equal(layout.Hash, new LinearRanker(model, layout).Info.LayoutHash));
        }
    }

    private static void Score(float[] columns, float[] scores) =>
        new LinearRanker(Model, Layout).Score(default, new CandidateBatch([new(1), new(2)], columns, Layout), scores, new byte[8]);
}
