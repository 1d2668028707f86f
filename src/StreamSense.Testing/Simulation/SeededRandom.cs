using System.Numerics;

namespace StreamSense.Testing.Simulation;

/// <summary>Numbers that follow from a seed alone, on every machine and in every release.</summary>
/// <remarks>
/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014). Only additions, multiplications and
/// comparisons of exact doubles, no transcendental functions, whose last bit differs between platforms.
/// </remarks>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator whose numbers have nothing to do with those of the same seed and another stream.</summary>
    internal static SeededRandom Of(int seed, int stream)
    {
        var first = new SeededRandom(((ulong)(uint)seed << 32) | (uint)stream);
        return new(BitOperations.RotateLeft(first.NextBits(), 17) ^ first.NextBits());
    }

    /// <summary>From 0 to below 1.</summary>
    internal double NextShare() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to below a limit.</summary>
    internal int Next(int limit) => (int)(((NextBits() >> 32) * (ulong)limit) >> 32);

    internal bool Chance(double share) => NextShare() < share;

    /// <summary>A number in a range that is mostly near its lower end, rounded to thousandths: seconds to the millisecond.</summary>
    internal decimal Skewed(int from, int to)
    {
        double share = NextShare();
        return from + ((int)((to - from) * 1_000.0 * (share * share * share)) / 1_000m);
    }

    /// <summary>An index that is mostly small: what is popular.</summary>
    internal int Popular(int count)
    {
        double share = NextShare();
        return (int)(count * (share * share));
    }

    internal T Pick<T>(params ReadOnlySpan<T> values) => values[Next(values.Length)];

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
