using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Tests.Evaluation.Metrics;

public sealed class RankingMeasuresTests
{
    private const double Near = 1e-12;

    // Hits at the first, third and tenth place; five are relevant.
    private static readonly int[] Ranks = [0, 2, 9];

    [Fact]
    public void NdcgAt_HandComputed_IsTheRatioOfDiscounts()
    {
        double gained = 1 + (1 / Math.Log2(4)) + (1 / Math.Log2(11));
        double ideal = 1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4)) + (1 / Math.Log2(5)) + (1 / Math.Log2(6));

        Assert.Equal(gained / ideal, RankingMeasures.NdcgAt(Ranks, 5, 10), Near);
        Assert.Equal(1.5 / (1 + (1 / Math.Log2(3)) + 0.5), RankingMeasures.NdcgAt(Ranks, 5, 3), Near);
    }

    [Fact]
    public void NdcgAt_FewerRelevantThanPlaces_IdealStopsAtThem() =>
        Assert.Equal(1 / Math.Log2(3), RankingMeasures.NdcgAt([1], 1, 10), Near);

    [Fact]
    public void AveragePrecisionAt_HandComputed_IsTheMeanOfPrecisionAtHits()
    {
        Assert.Equal((1.0 + (2 / 3.0) + (3 / 10.0)) / 5, RankingMeasures.AveragePrecisionAt(Ranks, 5, 10), Near);
        Assert.Equal((1.0 + (2 / 3.0)) / 3, RankingMeasures.AveragePrecisionAt(Ranks, 5, 3), Near);
    }

    [Fact]
    public void ReciprocalRank_FirstHit_CountsFromOne()
    {
        Assert.Equal(1, RankingMeasures.ReciprocalRank(Ranks));
        Assert.Equal(0.25, RankingMeasures.ReciprocalRank([3, 4]));
        Assert.Equal(0, RankingMeasures.ReciprocalRank([]));
    }

    [Fact]
    public void RecallPrecisionAndHitRate_HandComputed_AreTheirRatios()
    {
        Assert.Equal(0.6, RankingMeasures.RecallAt(Ranks, 5, 10), Near);
        Assert.Equal(0.4, RankingMeasures.RecallAt(Ranks, 5, 3), Near);
        Assert.Equal(2 / 3.0, RankingMeasures.CappedRecallAt(Ranks, 5, 3), Near);
        Assert.Equal(0.3, RankingMeasures.PrecisionAt(Ranks, 10), Near);
        Assert.Equal(1, RankingMeasures.HitRateAt(Ranks, 1));
        Assert.Equal(0, RankingMeasures.HitRateAt([3], 3));
    }

    [Fact]
    public void NdcgAt_GradedGains_MatchesHandComputation()
    {
        // Labels 3, 2, 3, 0, 1, 2 with gains 2^label - 1: the well-known worked example.
        double[] gains = [.. new double[] { 3, 2, 3, 0, 1, 2 }.Select(label => RankingMeasures.GainOf(GainKind.Exponential, label))];
        double[] ideal = [.. gains.OrderDescending()];
        double gained = 7 + (3 / Math.Log2(3)) + (7 / 2.0) + (1 / Math.Log2(6)) + (3 / Math.Log2(7));
        double best = 7 + (7 / Math.Log2(3)) + (3 / 2.0) + (3 / Math.Log2(5)) + (1 / Math.Log2(6));

        Assert.Equal(gained / best, RankingMeasures.NdcgAt(gains, ideal, 6), Near);
    }

    [Theory]
    [InlineData(GainKind.Binary, -1, 1)]
    [InlineData(GainKind.Linear, 2.5, 2.5)]
    [InlineData(GainKind.Linear, -1, 0)]
    [InlineData(GainKind.Exponential, 3, 7)]
    [InlineData(GainKind.Exponential, -2, 0)]
    public void GainOf_Kinds_GiveTheirGain(GainKind kind, double value, double gain) =>
        Assert.Equal(gain, RankingMeasures.GainOf(kind, value));

    [Fact]
    public void Measures_NothingRelevant_AreZero()
    {
        Assert.Equal(0, RankingMeasures.NdcgAt([], 0, 10));
        Assert.Equal(0, RankingMeasures.AveragePrecisionAt([], 0, 10));
        Assert.Equal(0, RankingMeasures.RecallAt([], 0, 10));
        Assert.Equal(0, RankingMeasures.NdcgAt([], [], 10));
    }

    [Fact]
    public void Measures_AnyList_LieBetweenZeroAndOneAndAreOneWhenPerfect() => Prop.ForAll<int[], byte, byte>((places, missing, cut) =>
    {
        int[] ranks = [.. places.Select(place => (place & 63)).Distinct().Order()];
        int relevant = ranks.Length + (missing % 5);
        int k = (cut % 20) + 1;
        int[] perfect = [.. Enumerable.Range(0, relevant)];
        double[] values = All(ranks, relevant, k);
        double[] best = relevant == 0 ? [1] : All(perfect, relevant, k)[..^1];
        return values.All(value => value is >= 0 and <= 1) && best.All(value => Math.Abs(value - 1) < Near);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void RecallAndHitRate_LongerList_NeverFall() => Prop.ForAll<int[], byte>((places, cut) =>
    {
        int[] ranks = [.. places.Select(place => (place & 63)).Distinct().Order()];
        int k = (cut % 40) + 1;
        return RankingMeasures.RecallAt(ranks, ranks.Length + 1, k) <= RankingMeasures.RecallAt(ranks, ranks.Length + 1, k + 1)
            && RankingMeasures.HitRateAt(ranks, k) <= RankingMeasures.HitRateAt(ranks, k + 1);
    }).QuickCheckThrowOnFailure();

    // The last, recall, is one only where no more are relevant than there are places; precision is left out.
    private static double[] All(int[] ranks, int relevant, int k) =>
    [
        RankingMeasures.NdcgAt(ranks, relevant, k),
        RankingMeasures.AveragePrecisionAt(ranks, relevant, k),
        RankingMeasures.ReciprocalRank(ranks),
        RankingMeasures.CappedRecallAt(ranks, relevant, k),
        RankingMeasures.HitRateAt(ranks, k),
        RankingMeasures.RecallAt(ranks, relevant, k),
    ];
}
