using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Privacy;

public sealed class NetworkAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("0.0.0.0", "::ffff:0.0.0.0")]
    [InlineData("255.255.255.255", "::ffff:255.255.255.255")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("1::", "1::")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::192.0.2.33")]
    [InlineData("1:2:3:4:5:6:192.0.2.33", "1:2:3:4:5:6:192.0.2.33")]
    public void TryParse_Address_IsThatOfTheFramework(string text, string expected)
    {
        Assert.True(NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out NetworkAddress address));

        byte[] bytes = new byte[16];
        address.WriteTo(bytes);
        Assert.Equal(IPAddress.Parse(expected), new IPAddress(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2.1.5")]
    [InlineData("192.0.2.")]
    [InlineData("192..2.1")]
    [InlineData("192.0.2.a")]
    [InlineData("1:2:3")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData(":1")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("1:2:3:4:5:6:7:192.0.2.1")]
    [InlineData("example.org")]
    public void TryParse_NoAddress_IsFalse(string text)
    {
        Assert.False(NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out NetworkAddress address));
        Assert.Equal(default, address);
    }

    [Fact]
    public void TryParse_AnyAddressTheFrameworkWrites_IsTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(ulong High, ulong Low, bool IsShort)>(),
        pair =>
        {
            byte[] bytes = new byte[16];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, new UInt128(pair.IsShort ? 0 : pair.High, pair.Low));
            byte[] read = new byte[16];
            bool isRead = NetworkAddress.TryParse(Encoding.UTF8.GetBytes(new IPAddress(bytes).ToString()), out NetworkAddress address);
            address.WriteTo(read);
            return isRead && read.AsSpan().SequenceEqual(bytes);
        }));

    [Fact]
    public void ToString_Address_DoesNotSayIt()
    {
        Assert.True(NetworkAddress.TryParse("192.0.2.1"u8, out NetworkAddress address));

        Assert.DoesNotContain("192", address.ToString(), StringComparison.Ordinal);
        Assert.True(address.IsVersion4);
    }
}
