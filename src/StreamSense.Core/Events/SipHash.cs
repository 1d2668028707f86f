using System.Buffers.Binary;
using System.Numerics;

namespace StreamSense.Core.Events;

/// <summary>SipHash-2-4: a keyed 64-bit hash of a byte string.</summary>
/// <remarks>
/// After Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012). Without the key neither a preimage nor a collision can be
/// found faster than by trying, which makes it fit for pseudonyms and for tables whose keys clients choose.
/// </remarks>
internal readonly struct SipHash(ulong key0, ulong key1)
{
    /// <summary>Hashes a byte string under a domain, so that equal texts of different meaning differ.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="domain">What the bytes mean.</param>
    public ulong Hash(ReadOnlySpan<byte> data, ulong domain = 0)
    {
        ulong k0 = key0 ^ domain;
        ulong v0 = k0 ^ 0x736f6d6570736575UL;
        ulong v1 = key1 ^ 0x646f72616e646f6dUL;
        ulong v2 = k0 ^ 0x6c7967656e657261UL;
        ulong v3 = key1 ^ 0x7465646279746573UL;
        ulong last = (ulong)data.Length << 56;
        while (data.Length >= sizeof(ulong))
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(data);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
            data = data[sizeof(ulong)..];
        }

        for (int i = 0; i < data.Length; i++)
        {
            last |= (ulong)data[i] << (8 * i);
        }

        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xff;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

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
