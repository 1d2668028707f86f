using StreamSense.Contracts.Ranking;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Models.Serving;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Tests.Models.Serving;

public sealed class FactorRankerTests : RankerContract
{
    private static readonly TitleId[] Titles = [new(1), new(2), new(3)];

    protected override IRanker CreateRanker() => Ranker();

    [Fact]
    public void Score_AViewersVector_IsTheDotProduct() => Assert.Equal([11f, 25f, 0f], Score([1, 2, 1]));

    [Fact]
    public void Score_NoVector_IsZero() => Assert.Equal([0f, 0f, 0f], Score([]));

    [Fact]
    public void Score_AVectorThatIsNotFinite_IsNeverNaN() => Assert.Equal([0f, 0f, 0f], Score([float.NaN, 1, 1]));

    [Fact]
    public void Score_AVectorOfAnotherLength_Refuses() => Assert.Throws<ArgumentException>(() => Score([1, 2]));

    [Fact]
    public void Constructor_ATitleTwice_Refuses() => Assert.Throws<ArgumentException>(() => new FactorRanker(
        new ItemFactors([new TitleId(1), new TitleId(1)], 1, [1, 2]),
        new ModelInfo("home", "1", ModelScene.Layout.Hash),
        ModelScene.Layout));

    private static FactorRanker Ranker() => new(
        new ItemFactors([new TitleId(1), new TitleId(2)], 3, [2, 3, 3, 5, 8, 4]),
        new ModelInfo("home", "1", ModelScene.Layout.Hash),
        ModelScene.Layout);

    private static float[] Score(float[] viewer)
    {
        var scores = new float[Titles.Length];
        var batch = new CandidateBatch(Titles, new float[Titles.Length * ModelScene.Layout.Count], ModelScene.Layout);
        Ranker().Score(new RankContext { Shared = viewer }, batch, scores, []);
        return scores;
    }
}
