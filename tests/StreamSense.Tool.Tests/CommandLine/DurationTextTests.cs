using StreamSense.Tool.CommandLine;

namespace StreamSense.Tool.Tests.CommandLine;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("5min", 300)]
    [InlineData("1h", 3600)]
    [InlineData("1.5h", 5400)]
    [InlineData("1d", 86400)]
    [InlineData("250ms", 0.25)]
    [InlineData("00:05:00", 300)]
    [InlineData("1:00:00", 3600)]
    [InlineData("00:05", 300)]
    [InlineData("2.03:00:00", 183600)]
    [InlineData("90", 90)]
    [InlineData("0.5", 0.5)]
    [InlineData("0", 0)]
    public void TryParse_OfADuration_GivesIt(string text, double expectedSeconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-30s")]
    [InlineData("-00:05:00")]
    [InlineData("30x")]
    [InlineData("30 s")]
    [InlineData("NaN")]
    [InlineData("1e3s")]
    [InlineData("5:61")]
    [InlineData("99999999999d")]
    [InlineData("30S")]
    public void TryParse_OfSomethingElse_IsFalse(string text) => Assert.False(DurationText.TryParse(text, out _));
}
