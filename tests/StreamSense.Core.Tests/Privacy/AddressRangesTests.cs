using System.Text;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Privacy;

public sealed class AddressRangesTests
{
    private const string Table =
        """
        # first,last,country,asn,isp
        192.0.2.0,192.0.2.127,DE,64500,Example Net
        "192.0.2.128","192.0.2.255","FR"
        198.51.100.0/24,US,64501
        2001:db8::/32,NL,64502,Six

        203.0.113.9/32,JP
        """;

    [Theory]
    [InlineData("192.0.2.0", "DE", "64500", "Example Net")]
    [InlineData("192.0.2.127", "DE", "64500", "Example Net")]
    [InlineData("192.0.2.128", "FR", null, null)]
    [InlineData("198.51.100.77", "US", "64501", null)]
    [InlineData("2001:db8:ffff::1", "NL", "64502", "Six")]
    [InlineData("203.0.113.9", "JP", null, null)]
    public void TryFind_AddressInARange_GivesItsFacts(string address, string country, string? asn, string? isp)
    {
        Assert.True(Find(address, out AddressFacts facts));
        Assert.Equal(new AddressFacts(country, asn, isp), facts);
    }

    [Theory]
    [InlineData("192.0.1.255")]
    [InlineData("192.0.3.0")]
    [InlineData("203.0.113.10")]
    [InlineData("2001:db9::")]
    [InlineData("0.0.0.0")]
    public void TryFind_AddressInNoRange_IsFalse(string address) => Assert.False(Find(address, out _));

    [Theory]
    [InlineData("192.0.2.0,DE", 1)]
    [InlineData("192.0.2.0", 1)]
    [InlineData("# x\n192.0.2.0/33,DE", 2)]
    [InlineData("192.0.2.9,192.0.2.1,DE", 1)]
    [InlineData("192.0.2.0/24,DE\n192.0.2.128,192.0.3.1,FR", 2)]
    public void Read_BrokenTable_NamesTheLine(string text, int line)
    {
        FormatException exception = Assert.Throws<FormatException>(() => AddressRanges.Read(new StringReader(text)));

        Assert.Contains($"Line {line} ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyTable_FindsNothing() =>
        Assert.False(AddressRanges.Read(new StringReader("")).TryFind(default, out _));

    private static bool Find(string text, out AddressFacts facts)
    {
        AddressRanges ranges = AddressRanges.Read(new StringReader(Table));
        Assert.Equal(5, ranges.Count);
        Assert.True(NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out NetworkAddress address));
        return ranges.TryFind(address, out facts);
    }
}
