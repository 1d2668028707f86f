namespace StreamSense.Ml.Candidates;

/// <summary>How <see cref="BecauseYouWatchedCandidates"/> goes from a viewer's titles to others.</summary>
public sealed class BecauseYouWatchedOptions
{
    /// <summary>The most titles that a viewer's history may give.</summary>
    internal const int MaxSeeds = 64;

    /// <summary>How many of a viewer's latest titles are asked for their neighbours.</summary>
    /// <value>Default 32; at most 64.</value>
    public int Seeds { get; set; } = 32;

    /// <summary>How much less each earlier title counts than the one after it.</summary>
    /// <value>Default 0.97: the 24th counts half.</value>
    public float Fading { get; set; } = 0.97f;

    /// <summary>The least that a title must have been liked, from 0 to 1, to be asked.</summary>
    /// <value>Default 0.3.</value>
    public float MinimumLiking { get; set; } = 0.3f;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate() => Check(Seeds, Fading, MinimumLiking);

    private static void Check(int seeds, float fading, float minimumLiking)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seeds, MaxSeeds);
        if (!(fading is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fading), fading, "Fading is above 0 and at most 1.");
        }

        if (!(minimumLiking is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumLiking), minimumLiking, "A liking is from 0 to 1.");
        }
    }
}
