using StreamSense.Core.Metrics;

namespace StreamSense.Core.Tests.Metrics;

public sealed class ConcurrencyTests
{
    private static readonly GroupTable Groups = new(10);

    [Fact]
    public void Condense_WhenFull_KeepsThePeakAndTheLevel()
    {
        var exact = new ConcurrencyTable(1_000_000, 0);
        var bounded = new ConcurrencyTable(64, retentionSeconds: 20);
        for (int second = 0; second < 2_000; second++)
        {
            int change = second is > 500 and < 600 ? 1 : second is > 900 and < 990 ? -1 : second % 2 == 0 ? 1 : -1;
            exact.Add(0, second, change);
            bounded.Add(0, second, change);
        }

        Assert.True(bounded.Horizon > 0);
        ConcurrencyCurve expected = new([exact.Copy(Groups)], GroupKey.Whole);
        ConcurrencyCurve actual = new([bounded.Copy(Groups)], GroupKey.Whole);
        Assert.Equal(expected.Peak, actual.Peak);
        Assert.Equal(expected.PeakBetween(1_990, 2_000), actual.PeakBetween(1_990, 2_000));
    }

    [Fact]
    public void Curve_OfTwoShards_AddsBeforeItTakesThePeak()
    {
        var a = new ConcurrencyTable(100, 10);
        var b = new ConcurrencyTable(100, 10);
        a.Add(0, 10, 1);
        a.Add(0, 20, -1);
        b.Add(0, 15, 1);
        b.Add(0, 30, -1);
        ConcurrencyCurve curve = new([b.Copy(Groups), a.Copy(Groups)], GroupKey.Whole);

        Assert.Equal(2, curve.Peak);
        Assert.Equal([0L, 1, 2, 1, 0], new[]
        {
            curve.PeakBetween(0, 10), curve.PeakBetween(10, 15), curve.PeakBetween(12, 18), curve.PeakBetween(20, 21),
                curve.PeakBetween(30, 99),
        });
    }
}
