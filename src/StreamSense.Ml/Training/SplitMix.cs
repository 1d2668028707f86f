using StreamSense.Ml.Features;

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
        : this(SplitMixStep.Mix(unchecked((ulong)seed) + (SplitMixStep.Gamma * unchecked((ulong)stream + 1))))
    {
    }

    private SplitMix(ulong state) => _state = state;

    /// <summary>Goes on with a sequence.</summary>
    /// <param name="state">Where it stands.</param>
    public static SplitMix OfState(ulong state) => new(state);

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => SplitMixStep.Next(ref _state);

    /// <summary>A number from 0 up to but without a bound, each as likely to within 2^-32 of it.</summary>
    /// <param name="bound">The bound, at least 1.</param>
    public int Below(int bound) => SplitMixStep.Below(Next(), bound);

    /// <summary>A number from 0 up to but without 1.</summary>
    public double Unit() => SplitMixStep.UnitOf(Next());

    /// <summary>A number of the normal distribution with mean 0 and deviation 1, by the method of Box and Muller.</summary>
    public double Normal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Unit()));
        return radius * Math.Cos(2 * Math.PI * Unit());
    }
}
