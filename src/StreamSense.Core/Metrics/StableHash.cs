using System.Numerics;

namespace StreamSense.Core.Metrics;

/// <summary>Spreads composed keys over all 64 bits, the same in every process.</summary>
/// <remarks>
/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014, section 3). It decides who belongs to a sample, which shards and machines must
/// agree on; it does not choose places in tables, which are seeded, because keys may be chosen by clients.
/// </remarks>
internal static class StableHash
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15UL;

    public static ulong Of(ulong a) => Finish(a + Golden);

    public static ulong Of(ulong a, ulong b) => Finish((Of(a) ^ BitOperations.RotateLeft(b, 32)) + Golden);

    public static ulong Of(ulong a, ulong b, ulong c) => Of(Of(a, b), c);

    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return z ^ (z >> 31);
    }
}
