namespace StreamSense.Ml.Training;

/// <summary>A small generator of random numbers whose sequence is fixed by its seed, on every platform and version.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014). For one thread; not for secrets.</remarks>
internal struct SplitMix
{
    private ulong _state;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="stream">Which of the sequences of that seed.</param>
    public SplitMix(long seed, int stream = 0)
    {
        _state = Mix(unchecked((ulong)seed) + (0x9E3779B97F4A7C15UL * unchecked((ulong)stream + 1)));
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    /// <summary>A number from 0 up to but without a bound, each as likely to within 2^-32 of it.</summary>
    /// <param name="bound">The bound, at least 1.</param>
    public int Below(int bound) => (int)(((Next() >> 32) * (uint)bound) >> 32);

    /// <summary>A number from 0 up to but without 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of the normal distribution with mean 0 and deviation 1, by the method of Box and Muller.</summary>
    public double Normal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Unit()));
        return radius * Math.Cos(2 * Math.PI * Unit());
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
