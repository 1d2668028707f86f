using System.Buffers.Binary;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Events;

public sealed class SipHashTests
{
    // The worked example of the paper's appendix: key 00..0f, message 00..0e.
    [Fact]
    public void Hash_ExampleOfThePaper_IsItsResult()
    {
        byte[] bytes = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        var hash = new SipHash(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(0xa129ca6149be45e5UL, hash.Hash(bytes.AsSpan(0, 15)));
    }

    [Fact]
    public void Hash_AnotherDomain_IsAnotherHash() =>
        Assert.NotEqual(new SipHash(1, 2).Hash("a"u8, 3), new SipHash(1, 2).Hash("a"u8, 4));
}
