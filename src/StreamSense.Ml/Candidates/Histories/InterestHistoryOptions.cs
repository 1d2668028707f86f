namespace StreamSense.Ml.Candidates.Histories;

/// <summary>What an <see cref="InterestHistory"/> remembers.</summary>
public sealed class InterestHistoryOptions
{
    /// <summary>How many viewers are remembered; beyond it the one longest not seen is forgotten.</summary>
    /// <value>Default 32,768 (about 52 MiB when full: 1.6 KB a viewer).</value>
    public int MaxViewers { get; set; } = 32_768;

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
    public void Validate() => Check(MaxViewers, PlayWeight, CompletionWeight, ListWeight);

    private static void Check(int maxViewers, float playWeight, float completionWeight, float listWeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxViewers, 1);
        CheckShare(playWeight, nameof(playWeight));
        CheckShare(completionWeight, nameof(completionWeight));
        CheckShare(listWeight, nameof(listWeight));
    }

    private static void CheckShare(float value, string name)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A weight is from 0 to 1.");
        }
    }
}
