namespace StreamSense.Stress.Fuzzing;

/// <summary>Random numbers that are the same on every machine and release: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
internal sealed class FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The numbers of one input: known from the seed of the run, the target and the place of the input alone.</summary>
    public static FuzzRandom Of(ulong seed, string target, long index)
    {
        ulong state = seed;
        foreach (char letter in target)
        {
            state = (state ^ letter) * 0x100000001B3;
        }

        var random = new FuzzRandom(state ^ ((ulong)index * 0x9E3779B97F4A7C15));
        random.Next();
        return random;
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0, below the bound; 0 if there is none.</summary>
    public int Below(int bound) => bound <= 1 ? 0 : (int)(Next() % (ulong)bound);

    /// <summary>Whether something happens that happens once in so many times.</summary>
    public bool Once(int times) => Below(times) == 0;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>A length: mostly small, seldom up to the bound.</summary>
    public int Length(int bound) => Below(1 << Below(int.Log2(Math.Max(2, bound)) + 2)) is var length && length < bound ? length : bound;
}
