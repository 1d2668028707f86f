using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

public sealed class TumblingWindowsTests
{
    private static readonly TumblingWindows Minutes = new(TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(59_999_999, 0)]
    [InlineData(60_000_000, 1)]
    [InlineData(-1, -1)]
    [InlineData(-60_000_000, -1)]
    public void IndexOf_AnInstant_IsTheWindowThatBeginsAtOrBeforeIt(long microseconds, long index)
    {
        Assert.Equal(index, Minutes.IndexOf(new EventTime(microseconds)));
        Assert.True(Minutes.StartOf(index) <= new EventTime(microseconds) && new EventTime(microseconds) < Minutes.EndOf(index));
    }

    [Fact]
    public void Constructor_LessThanASecond_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TumblingWindows(TimeSpan.FromMilliseconds(999)));
}
