using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Core.Events;

/// <summary>SipHash-2-4: a keyed 64-bit hash of a byte string.</summary>
/// <remarks>
/// After Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012). Without the key neither a preimage nor a collision can be
/// found faster than by trying, which makes it fit for pseudonyms and for tables whose keys clients choose.
/// </remarks>
internal readonly struct SipHash(ulong key0, ulong key1)
{
    /// <summary>What the state is made of at the start, beside the key.</summary>
    internal const ulong Start0 = 0x736f6d6570736575UL;

    /// <inheritdoc cref="Start0"/>
    internal const ulong Start1 = 0x646f72616e646f6dUL;

    /// <inheritdoc cref="Start0"/>
    internal const ulong Start2 = 0x6c7967656e657261UL;

    /// <inheritdoc cref="Start0"/>
    internal const ulong Start3 = 0x7465646279746573UL;

    /// <summary>Hashes a byte string under a domain, so that equal texts of different meaning differ.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="domain">What the bytes mean.</param>
    public ulong Hash(ReadOnlySpan<byte> data, ulong domain = 0)
    {
        ulong k0 = key0 ^ domain;
        ulong v0 = k0 ^ Start0;
        ulong v1 = key1 ^ Start1;
        ulong v2 = k0 ^ Start2;
        ulong v3 = key1 ^ Start3;
        ulong last = ((ulong)data.Length << 56) | Tail(data);
        ref byte bytes = ref MemoryMarshal.GetReference(data);
        int whole = data.Length & ~7;

        // Few places where a round stands, so that the compiler puts the code there and keeps the state in registers.
        for (int i = 0; i <= whole; i += sizeof(ulong))
        {
            ulong word = i < whole ? Word(ref bytes, i) : last;
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        return Finish(v0, v1, v2, v3);
    }

    /// <summary>Hashes twenty bytes: two words, little end first, and half a word.</summary>
    /// <param name="first">The first eight bytes.</param>
    /// <param name="second">The next eight.</param>
    /// <param name="third">The last four.</param>
    /// <param name="domain">What the bytes mean.</param>
    /// <remarks>The same value as <see cref="Hash"/> gives of the bytes, which need not be written down for it.</remarks>
    public ulong HashTwenty(ulong first, ulong second, uint third, ulong domain)
    {
        ulong k0 = key0 ^ domain;
        ulong v0 = k0 ^ Start0;
        ulong v1 = key1 ^ Start1;
        ulong v2 = k0 ^ Start2;
        ulong v3 = key1 ^ Start3;
        ulong last = (20UL << 56) | third;
        for (int i = 0; i < 3; i++)
        {
            ulong word = i == 0 ? first : i == 1 ? second : last;
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        return Finish(v0, v1, v2, v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Finish(ulong v0, ulong v1, ulong v2, ulong v3)
    {
        v2 ^= 0xff;
        for (int i = 0; i < 4; i++)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }

        return v0 ^ v1 ^ v2 ^ v3;
    }

    /// <inheritdoc cref="SipHashLanes.Hash"/>
    public void HashTwenties(ReadOnlySpan<ulong> words, Span<ulong> hashes, ulong domain) =>
        SipHashLanes.Hash(key0 ^ domain, key1, words, hashes);

    // The bytes after the last whole word. Loads overlap what lies before them instead of going byte by byte.
    private static ulong Tail(ReadOnlySpan<byte> data)
    {
        int rest = data.Length & 7;
        if (rest == 0)
        {
            return 0;
        }

        if (data.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(data[^sizeof(ulong)..]) >> (64 - (8 * rest));
        }

        if (rest >= sizeof(uint))
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(data)
                | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(data[^sizeof(uint)..]) << (8 * (rest - sizeof(uint))));
        }

        return data[0] | ((ulong)data[rest / 2] << (8 * (rest / 2))) | ((ulong)data[rest - 1] << (8 * (rest - 1)));
    }

    private static ulong Word(ref byte bytes, int at)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
