using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Core.Sketches;

/// <summary>Spreads 64-bit keys evenly over 64 bits, in another way for each seed.</summary>
/// <remarks>
/// The finaliser of SplitMix64 in Stafford's variant 13 (D. Stafford: Better Bit Mixing, 2011), applied to the key exclusive-or a seed that
/// went through it itself. It is one to one: different keys never collide in all 64 bits. Where keys come from outside and must not be
/// chosen to collide in the few bits that a sketch takes, give a secret seed.
/// </remarks>
internal static class SeededHash
{
    private const ulong First = 0xBF58476D1CE4E5B9;
    private const ulong Second = 0x94D049BB133111EB;
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>What a seed becomes before it meets keys.</summary>
    public static ulong Prepare(ulong seed) => Of(seed + Golden, 0);

    /// <summary>The hash of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="prepared">The prepared seed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong key, ulong prepared)
    {
        ulong bits = key ^ prepared;
        bits = (bits ^ (bits >> 30)) * First;
        bits = (bits ^ (bits >> 27)) * Second;
        return bits ^ (bits >> 31);
    }

    /// <summary>The hashes of eight keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Of(Vector512<ulong> keys, Vector512<ulong> prepared)
    {
        Vector512<ulong> bits = keys ^ prepared;
        bits = (bits ^ (bits >>> 30)) * First;
        bits = (bits ^ (bits >>> 27)) * Second;
        return bits ^ (bits >>> 31);
    }

    /// <summary>The hashes of keys, where vectors of 512 bits can be multiplied.</summary>
    /// <param name="keys">The keys; a multiple of eight.</param>
    /// <param name="hashes">Where to; as many.</param>
    /// <param name="prepared">The prepared seed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(ReadOnlySpan<ulong> keys, Span<ulong> hashes, ulong prepared)
    {
        Vector512<ulong> seeds = Vector512.Create(prepared);
        ref ulong key = ref MemoryMarshal.GetReference(keys);
        ref ulong hash = ref MemoryMarshal.GetReference(hashes);
        for (nuint i = 0; i < (nuint)keys.Length; i += (nuint)Vector512<ulong>.Count)
        {
            Of(Vector512.LoadUnsafe(ref key, i), seeds).StoreUnsafe(ref hash, i);
        }
    }
}
