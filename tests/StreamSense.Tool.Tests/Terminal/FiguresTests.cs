using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Tests.Terminal;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.0, "0 s")]
    [InlineData(0.25, "0.25 s")]
    [InlineData(59.99, "59.99 s")]
    [InlineData(59.999, "1 min 00 s")]
    [InlineData(60.0, "1 min 00 s")]
    [InlineData(119.6, "2 min 00 s")]
    [InlineData(3599.6, "1 h 00 min")]
    [InlineData(36_000_000.0, "10,000 h 00 min")]
    [InlineData(null, "–")]
    public void Seconds_OfADuration_AreItsTwoLargestUnits(double? seconds, string expected) =>
        Assert.Equal(expected, Figures.Seconds(seconds));

    [Theory]
    [InlineData(843.4, "843 ms")]
    [InlineData(999.6, "1.00 s")]
    [InlineData(1000.0, "1.00 s")]
    [InlineData(75_000.0, "1 min 15 s")]
    [InlineData(null, "–")]
    public void Milliseconds_OfADuration_AreShort(double? milliseconds, string expected) =>
        Assert.Equal(expected, Figures.Milliseconds(milliseconds));

    [Theory]
    [InlineData(0.00525, "0.53 %")]
    [InlineData(0.231, "23.1 %")]
    [InlineData(1.0, "100.0 %")]
    [InlineData(null, "–")]
    public void Percent_OfARatio_HasEnoughDigits(double? ratio, string expected) => Assert.Equal(expected, Figures.Percent(ratio));
}
