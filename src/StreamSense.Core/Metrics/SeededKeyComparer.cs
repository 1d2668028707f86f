using System.Security.Cryptography;

namespace StreamSense.Core.Metrics;

/// <summary>Hashes 64-bit keys with a seed of the process, so that clients who choose the keys cannot flood one slot.</summary>
internal sealed class SeededKeyComparer : IEqualityComparer<ulong>
{
    private static readonly ulong Seed = MakeSeed();

    public static SeededKeyComparer Instance { get; } = new();

    public bool Equals(ulong x, ulong y) => x == y;

    public int GetHashCode(ulong obj)
    {
        UInt128 product = (UInt128)(obj ^ Seed) * 0x9E37_79B9_7F4A_7C15UL;
        ulong mixed = (ulong)product ^ (ulong)(product >> 64);
        product = (UInt128)(mixed + Seed) * 0xD6E8_FEB8_6659_FD93UL;
        return (int)((ulong)product ^ (ulong)(product >> 64));
    }

    private static ulong MakeSeed()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
