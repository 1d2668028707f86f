using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Tests.Evaluation.Metrics;

public sealed class BinaryMeasuresTests
{
    [Fact]
    public void AreaUnderCurve_HandComputed_CountsPairs()
    {
        // Pairs of a yes and a no: (.8, .4) (.8, .6) (.6, .4) won, (.6, .6) tied.
        Assert.Equal(3.5 / 4, BinaryMeasures.AreaUnderCurve([0.8, 0.6, 0.6, 0.4], [1, 1, 0, 0]));
        Assert.Equal(0, BinaryMeasures.AreaUnderCurve([1, 2], [1, 0]));
        Assert.Null(BinaryMeasures.AreaUnderCurve([1, 2], [1, 1]));
    }

    [Fact]
    public void AreaUnderCurve_AnyScores_IsTheShareOfPairsWon() => Prop.ForAll<(byte Score, bool Yes)[]>(rows =>
    {
        double[] scores = [.. rows.Select(row => (double)(row.Score & 15))];
        float[] labels = [.. rows.Select(row => row.Yes ? 1f : 0f)];
        double won = 0;
        double pairs = 0;
        foreach ((byte yes, _) in rows.Where(row => row.Yes))
        {
            foreach ((byte no, _) in rows.Where(row => !row.Yes))
            {
                pairs++;
                won += (yes & 15) > (no & 15) ? 1 : (yes & 15) == (no & 15) ? 0.5 : 0;
            }
        }

        double? area = BinaryMeasures.AreaUnderCurve(scores, labels);
        return pairs == 0 ? area is null : Math.Abs(area!.Value - (won / pairs)) < 1e-12;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void LogLoss_HandComputed_IsTheMeanLogarithm()
    {
        Assert.Equal(-(Math.Log(0.8) + Math.Log(0.7)) / 2, BinaryMeasures.LogLoss([0.8, 0.3], [1, 0])!.Value, 12);
        Assert.Equal(-Math.Log(1e-15), BinaryMeasures.LogLoss([0], [1])!.Value, 9);
        Assert.Null(BinaryMeasures.LogLoss([], []));
    }

    [Fact]
    public void BrierScore_HandComputed_IsTheMeanSquare() =>
        Assert.Equal((0.04 + 0.09) / 2, BinaryMeasures.BrierScore([0.8, 0.3], [1, 0])!.Value, 12);

    [Fact]
    public void Measures_DifferentLengths_Refuse() => Assert.Throws<ArgumentException>(() => BinaryMeasures.LogLoss([1], []));
}
