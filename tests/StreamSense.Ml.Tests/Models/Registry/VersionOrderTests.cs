using StreamSense.Ml.Models.Registry;

namespace StreamSense.Ml.Tests.Models.Registry;

public sealed class VersionOrderTests
{
    [Fact]
    public void Natural_Versions_AreInTheOrderOfCounting()
    {
        string[] ordered = ["1", "2", "10", "10-a", "10-b", "2026-3-1", "2026-10-1", "a", "a1", "a02", "a10", "v1.2", "v1.10"];
        string[] shuffled = [.. ordered.OrderBy(version => version.GetHashCode(StringComparison.Ordinal))];

        Assert.Equal(ordered, shuffled.Order(VersionOrder.Natural));
    }

    [Fact]
    public void Compare_LeadingZeros_IsStillATotalOrder()
    {
        Assert.Equal(0, VersionOrder.Natural.Compare("01", "01"));
        Assert.NotEqual(0, VersionOrder.Natural.Compare("01", "1"));
        Assert.Equal(
            -Math.Sign(VersionOrder.Natural.Compare("01", "1")), Math.Sign(VersionOrder.Natural.Compare("1", "01")));
    }
}
