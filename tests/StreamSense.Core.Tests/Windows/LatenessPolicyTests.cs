using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

public sealed class LatenessPolicyTests
{
    private static readonly EventTime Watermark = new(100_000_000);

    [Theory]
    [InlineData(90_000_000, false)]
    [InlineData(89_999_999, true)]
    [InlineData(200_000_000, false)]
    public void IsLate_AgainstTenSeconds_IsStrictlyBeyond(long time, bool late) =>
        Assert.Equal(late, LatenessPolicy.Drop(TimeSpan.FromSeconds(10)).IsLate(new EventTime(time), Watermark));

    [Fact]
    public void AcceptAll_IsNeverLate()
    {
        Assert.False(LatenessPolicy.AcceptAll.IsLate(new EventTime(0), new EventTime(long.MaxValue)));
        Assert.Null(LatenessPolicy.AcceptAll.Allowed);
    }

    [Fact]
    public void Drop_NegativeDuration_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LatenessPolicy.Drop(TimeSpan.FromSeconds(-1)));
}
