using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features;

/// <summary>What all draws and lots of this package are made of: the same numbers from a state on every platform and version.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Not for secrets.</remarks>
internal static class SplitMixStep
{
    /// <summary>How far a state moves at a step.</summary>
    public const ulong Gamma = 0x9E3779B97F4A7C15UL;

    /// <summary>Moves a state on and gives 64 bits.</summary>
    /// <param name="state">The state.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Next(ref ulong state) => Mix(state += Gamma);

    /// <summary>Makes every bit depend on all; one to one.</summary>
    /// <param name="value">The bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    /// <summary>The number from 0 up to but without 1 that 64 bits stand for, in steps of 2^-53.</summary>
    /// <param name="bits">The bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double UnitOf(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>The number from 0 up to but without a bound that 64 bits stand for; off from uniform by one part in 2^32 at most.</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="bound">The bound, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Below(ulong bits, int bound) => (int)(((bits >> 32) * (uint)bound) >> 32);
}
