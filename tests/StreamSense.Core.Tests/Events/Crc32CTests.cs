using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Events;

public sealed class Crc32CTests
{
    [Fact]
    public void Append_KnownText_IsTheChecksumOfTheStandard()
    {
        Assert.Equal(0xE3069283u, Crc32C.Append(Crc32C.Empty, "123456789"u8));
        Assert.Equal(0xE3069283u, Crc32C.Append(Crc32C.Append(Crc32C.Empty, "1234"u8), "56789"u8));
    }
}
