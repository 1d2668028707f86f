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

    [SkippableFact]
    public void HashTwenties_AnyWords_AreTheHashesOfTheirBytes()
    {
        Skip.IfNot(SipHashLanes.IsSupported, "The processor has no such vectors; each string is hashed alone.");
        var random = new Random(3);
        var hash = new SipHash((ulong)random.NextInt64(), (ulong)random.NextInt64());
        for (int round = 0; round < 20; round++)
        {
            ulong[] words = new ulong[3 * SipHashLanes.Count];
            ulong[] expected = new ulong[SipHashLanes.Count];
            byte[] text = new byte[20];
            for (int i = 0; i < SipHashLanes.Count; i++)
            {
                random.NextBytes(text);
                words[i] = BinaryPrimitives.ReadUInt64LittleEndian(text);
                words[SipHashLanes.Count + i] = BinaryPrimitives.ReadUInt64LittleEndian(text.AsSpan(8));
                words[(2 * SipHashLanes.Count) + i] = BinaryPrimitives.ReadUInt32LittleEndian(text.AsSpan(16));
                expected[i] = hash.Hash(text, 9);
            }

            ulong[] hashes = new ulong[SipHashLanes.Count];
            hash.HashTwenties(words, hashes, domain: 9);

            Assert.Equal(expected, hashes);
        }
    }
}
