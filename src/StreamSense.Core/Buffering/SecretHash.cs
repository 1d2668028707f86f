using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace StreamSense.Core.Buffering;

/// <summary>Hashes 64-bit keys under a secret of its own, because keys may be chosen by clients.</summary>
/// <remarks>A folded product: every bit of the key reaches every bit kept.</remarks>
internal readonly struct SecretHash
{
    private readonly ulong _seed;
    private readonly ulong _factor;

    private SecretHash(ulong seed, ulong factor)
    {
        _seed = seed;
        _factor = factor;
    }

    /// <summary>A hash with a new secret.</summary>
    public static SecretHash Create()
    {
        Span<byte> seeds = stackalloc byte[2 * sizeof(ulong)];
        RandomNumberGenerator.Fill(seeds);
        return new SecretHash(BitConverter.ToUInt64(seeds), BitConverter.ToUInt64(seeds[sizeof(ulong)..]) | 1);
    }

    /// <summary>The hash of a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(ulong key)
    {
        ulong high = Math.BigMul(key ^ _seed, _factor, out ulong low);
        return (uint)((high ^ low) >> 32) ^ (uint)(high ^ low);
    }
}
