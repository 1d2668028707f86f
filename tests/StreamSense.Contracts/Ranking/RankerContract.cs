using StreamSense.Core.Events;
using StreamSense.Ml.Ranking;

namespace StreamSense.Contracts.Ranking;

/// <summary>What every <see cref="IRanker"/> promises; derive from it and make the ranker under test.</summary>
public abstract class RankerContract
{
    private const int Candidates = 53;

    protected abstract IRanker CreateRanker();

    [Fact]
    public void Info_AndLayout_Agree()
    {
        IRanker ranker = CreateRanker();

        Assert.Equal(ranker.Layout.Hash, ranker.Info.LayoutHash);
        Assert.NotEmpty(ranker.Info.Name);
        Assert.NotEmpty(ranker.Info.Version);
    }

    [Fact]
    public void Score_RandomAndMissingFeatures_IsNeverNaN()
    {
        IRanker ranker = CreateRanker();
        float[] scores = Score(ranker, Titles(Candidates), Features(ranker, Candidates, missingShare: 0.3));
        float[] allMissing = Score(ranker, Titles(Candidates), Features(ranker, Candidates, missingShare: 1));

        Assert.DoesNotContain(float.NaN, scores);
        Assert.DoesNotContain(float.NaN, allMissing);
    }

    [Fact]
    public void Score_Twice_GivesTheSameBits()
    {
        IRanker ranker = CreateRanker();
        float[] features = Features(ranker, Candidates, missingShare: 0.2);

        Assert.Equal(Bits(Score(ranker, Titles(Candidates), features)), Bits(Score(ranker, Titles(Candidates), features)));
    }

    [Fact]
    public void Score_OneByOne_GivesTheBitsOfTheBatch()
    {
        IRanker ranker = CreateRanker();
        TitleId[] titles = Titles(Candidates);
        float[] features = Features(ranker, Candidates, missingShare: 0.2);
        float[] together = Score(ranker, titles, features);

        for (int i = 0; i < Candidates; i++)
        {
            float[] alone = Score(ranker, [titles[i]],
                [.. Enumerable.Range(0, ranker.Layout.Count).Select(column => features[(column * Candidates) + i])]);
            Assert.Equal(Bits([together[i]]), Bits(alone));
        }
    }

    [Fact]
    public void Score_NoCandidates_DoesNothing() => Assert.Empty(Score(CreateRanker(), [], []));

    [Fact]
    public void Score_ManyThreads_GivesTheSameBits()
    {
        IRanker ranker = CreateRanker();
        float[] features = Features(ranker, Candidates, missingShare: 0.2);
        int[] expected = Bits(Score(ranker, Titles(Candidates), features));

        Parallel.For(0, 200, _ => Assert.Equal(expected, Bits(Score(ranker, Titles(Candidates), features))));
    }

    [Fact]
    public void Score_Warm_AllocatesNothing()
    {
        IRanker ranker = CreateRanker();
        TitleId[] titles = Titles(Candidates);
        float[] features = Features(ranker, Candidates, missingShare: 0.2);
        var scores = new float[Candidates];
        var scratch = new byte[ranker.ScratchBytes(Candidates)];

        Assert.Equal(0, Allocations.Least(
            () => ranker.Score(default, new CandidateBatch(titles, features, ranker.Layout), scores, scratch), rounds: 50));
    }

    [Fact]
    public void Score_TooLittleRoom_Refuses()
    {
        IRanker ranker = CreateRanker();
        float[] features = Features(ranker, 2, missingShare: 0);

        Assert.ThrowsAny<ArgumentException>(() =>
            ranker.Score(default, new CandidateBatch(Titles(2), features, ranker.Layout), new float[1], new byte[ranker.ScratchBytes(2)]));
    }

    [Fact]
    public void Explain_AnyCandidate_AddsUpToTheScore()
    {
        if (CreateRanker() is not IExplainingRanker ranker)
        {
            return;
        }

        TitleId[] titles = Titles(Candidates);
        float[] features = Features(ranker, Candidates, missingShare: 0.2);
        float[] scores = Score(ranker, titles, features);
        var contributions = new float[ranker.Layout.Count];
        for (int i = 0; i < Candidates; i++)
        {
            ranker.Explain(default, new CandidateBatch(titles, features, ranker.Layout), i, contributions);
            Assert.Equal(scores[i], ranker.Intercept + contributions.Sum(), 1e-3f * Math.Max(1, contributions.Sum(Math.Abs)));
        }
    }

    private static int[] Bits(float[] scores) => [.. scores.Select(BitConverter.SingleToInt32Bits)];

    private static TitleId[] Titles(int count) => [.. Enumerable.Range(1, count).Select(i => new TitleId((ulong)i * 0x9e3779b97f4a7c15UL))];

    private static float[] Score(IRanker ranker, TitleId[] titles, float[] features)
    {
        var scores = new float[titles.Length];
        var scratch = new byte[ranker.ScratchBytes(titles.Length)];
        Array.Fill(scratch, (byte)0xff);
        ranker.Score(default, new CandidateBatch(titles, features, ranker.Layout), scores, scratch);
        return scores;
    }

    private static float[] Features(IRanker ranker, int count, double missingShare)
    {
        var random = new Random(17);
        return
        [
            .. Enumerable.Range(0, count * ranker.Layout.Count)
                .Select(_ => random.NextDouble() < missingShare ? float.NaN : (float)(random.NextDouble() * 20) - 10),
        ];
    }
}
