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
    public void HashLanes_AnyWords_AreTheHashesOfTheirBytes()
    {
        Skip.IfNot(SipHashLanes.IsSupported, "The processor has no such vectors; each string is hashed alone.");
        var random = new Random(3);
        var hash = new SipHash((ulong)random.NextInt64(), (ulong)random.NextInt64());
        for (int length = 16; length < 24; length++)
        {
            byte[] bytes = new byte[length * SipHashLanes.Count];
            random.NextBytes(bytes);
            ulong[] words = new ulong[3 * SipHashLanes.Count];
            for (int i = 0; i < SipHashLanes.Count; i++)
            {
                Span<byte> padded = stackalloc byte[3 * sizeof(ulong)];
                bytes.AsSpan(i * length, length).CopyTo(padded);
                padded[^1] = (byte)length;
                for (int word = 0; word < 3; word++)
                {
                    words[(word * SipHashLanes.Count) + i] = BinaryPrimitives.ReadUInt64LittleEndian(padded[(word * sizeof(ulong))..]);
                }
            }

            ulong[] hashes = new ulong[SipHashLanes.Count];
            hash.HashLanes(words, hashes, domain: 9);

            Assert.Equal(Enumerable.Range(0, hashes.Length).Select(i => hash.Hash(bytes.AsSpan(i * length, length), 9)), hashes);
        }
    }
}
