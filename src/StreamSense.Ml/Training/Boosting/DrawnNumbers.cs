namespace StreamSense.Ml.Training.Boosting;

/// <summary>Numbers drawn from a seed, the same on every machine.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).</remarks>
/// <param name="seed">What they follow from.</param>
internal struct DrawnNumbers(long seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>A number from 0 up to a limit, the limit not among them.</summary>
    /// <param name="limit">The limit, above 0.</param>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
