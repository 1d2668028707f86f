using StreamSense.Ml.Features;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Serving;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Models.Serving;

public sealed class RankerLoaderTests
{
    [Fact]
    public void Load_ALinearModel_RanksByIt()
    {
        IRanker ranker = new RankerLoader().Load(ModelScene.LinearFile(), ModelScene.Layout);

        Assert.Equal("home@1", ranker.Info.ToString());
        Assert.Equal([3.25f, 4.25f], Score(ranker, [4, 5, 2, 2, 0, 0]));
    }

    [Fact]
    public void Load_OtherFeatures_IsRefusedWithTheDifference()
    {
        var served = new FeatureLayout(
            new FeatureDefinition("a", FeatureScope.Title, 2),
            new FeatureDefinition("b", FeatureScope.Viewer, 2),
            new FeatureDefinition("d", FeatureScope.Title));
        var refusal = Assert.Throws<ModelMismatchException>(() => new RankerLoader().Load(ModelScene.LinearFile(), served));

        Assert.Equal(["c"], refusal.Difference!.Missing.AsEnumerable());
        Assert.Equal(["d"], refusal.Difference.Extra.AsEnumerable());
        Assert.Single(refusal.Difference.Changed);
        Assert.Contains("missing: c", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AModelThatGoesByNames_BindsWhereTheyAre()
    {
        ModelFile file = ModelFile.Create(ModelScene.Card(), ModelScene.Linear(), ModelCodecs.Linear);

        Assert.Equal([3.25f, 4.25f], Score(new RankerLoader().Load(file, ModelScene.Layout), [4, 5, 2, 2, 0, 0]));
        Assert.Throws<ModelMismatchException>(
            () => new RankerLoader().Load(file, new FeatureLayout(new FeatureDefinition("a", FeatureScope.Title))));
    }

    [Fact]
    public void Load_Trees_RanksByThem()
    {
        // Left of 2 is 1, right of it and missing 5.
        var ensemble = new TreeEnsemble(["a"], [new DecisionTree([new TreeSplit(0, 2, -1, -2, MissingLeft: false)], [1, 5])]);
        ModelFile file = ModelFile.Create(ModelScene.Card(layout: ModelScene.Layout), ensemble, ModelCodecs.Trees);
        IRanker ranker = new RankerLoader().Load(file, ModelScene.Layout);

        Assert.Equal([1f, 5f], Score(ranker, [1, float.NaN, 0, 0, 0, 0]));
        Assert.Equal(ModelScene.TrainedAt, ranker.Info.TrainedAt);
        var other = new FeatureLayout(new FeatureDefinition("z", FeatureScope.Title));
        Assert.Throws<ModelMismatchException>(
            () => new RankerLoader().Load(ModelFile.Create(ModelScene.Card(), ensemble, ModelCodecs.Trees), other));
    }

    [Fact]
    public void Load_Factors_RanksByTheVectorOfTheRequest() => Assert.IsType<FactorRanker>(new RankerLoader().Load(
        ModelFile.Create(ModelScene.Card(), ModelScene.Factors(3), ModelCodecs.ItemFactors), ModelScene.Layout));

    [Fact]
    public void Load_ACollaborativeModelOfFactors_ScoresAsItDoes()
    {
        var ials = new IalsModel(new IalsShape(2, 0.1, 0.5, 1), [], [1, 2, 3, 4], [1, 0.5f]);
        var titles = new TitleModel(ials, ["m1", "m2"]);
        ModelFile file = ModelFile.Create(ModelScene.Card(), titles, ModelCodecs.Collaborative(ModelKinds.Ials));
        IRanker ranker = new RankerLoader().Load(file, ModelScene.Layout);
        var scratch = new byte[ials.ScratchBytes];
        var viewer = new float[2];
        var expected = new float[2];
        ials.FoldIn([1], viewer, scratch);
        ials.Score(-1, [1], [1], expected, scratch);
        var scores = new float[2];
        ranker.Score(new RankContext { Shared = viewer }, new CandidateBatch(titles.Ids.AsSpan(), new float[6], ranker.Layout), scores, []);

        Assert.Equal(expected, scores);
    }

    [Fact]
    public void Load_AKindThatCannotRank_SaysWhichCan()
    {
        ModelFile file = ModelFile.Create(ModelScene.Card(), ModelScene.Neighbours(3), ModelCodecs.ItemNeighbours);
        var refusal = Assert.Throws<ModelMismatchException>(() => new RankerLoader().Load(file, ModelScene.Layout));

        Assert.Contains("bpr, ials, item-factors, linear, trees", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_AHostsKind_IsLoaded()
    {
        RankerLoader loader = new RankerLoader().Add(
            new ScriptedRanker.Codec(), (script, info, layout) => new ScriptedRanker(() => 2, info.Version));
        ModelFile file = ModelFile.Create(ModelScene.Card(version: "9"), "two", new ScriptedRanker.Codec());

        Assert.Equal([2f, 2f], Score(loader.Load(file, ModelScene.Layout), new float[6]));
    }

    private static float[] Score(IRanker ranker, float[] features)
    {
        var scores = new float[2];
        var scratch = new byte[ranker.ScratchBytes(2)];
        ranker.Score(default, new CandidateBatch([new(1), new(2)], features, ranker.Layout), scores, scratch);
        return scores;
    }
}
