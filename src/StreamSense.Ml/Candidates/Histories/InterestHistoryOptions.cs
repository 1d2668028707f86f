namespace StreamSense.Ml.Candidates.Histories;

/// <summary>What an <see cref="InterestHistory"/> remembers.</summary>
public sealed class InterestHistoryOptions
{
    /// <summary>How many viewers are remembered; beyond it the one longest not seen is forgotten.</summary>
    /// <value>Default 32,768 (about 52 MiB when full: 1.6 KB a viewer).</value>
    public int MaxViewers { get; set; } = 32_768;

    /// <summary>Of how many viewers with more than 64 titles the earlier ones are remembered; beyond it those of the one longest not
    /// seen are forgotten.</summary>
    /// <value>Default 8,192 (about 31 MiB when full: 3.9 KB a viewer).</value>
    public int MaxLongViewers { get; set; } = 8_192;

    /// <summary>What a play weighs, from 0 to 1.</summary>
    /// <value>Default 0.6.</value>
    public float PlayWeight { get; set; } = 0.6f;

    /// <summary>What a play to the end weighs, from 0 to 1.</summary>
    /// <value>Default 1.</value>
    public float CompletionWeight { get; set; } = 1;

    /// <summary>What putting a title on a list weighs, from 0 to 1.</summary>
    /// <value>Default 0.6.</value>
    public float ListWeight { get; set; } = 0.6f;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxViewers, 1, nameof(MaxViewers));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLongViewers, 1, nameof(MaxLongViewers));
        CheckShare(PlayWeight, nameof(PlayWeight));
        CheckShare(CompletionWeight, nameof(CompletionWeight));
        CheckShare(ListWeight, nameof(ListWeight));
    }

    private static void CheckShare(float value, string name)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A weight is from 0 to 1.");
        }
    }
}
