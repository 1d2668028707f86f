namespace StreamSense.Ml.Evaluation;

/// <summary>How <see cref="PrequentialEvaluation"/> asks and sums up.</summary>
public sealed class PrequentialOptions
{
    private const int LargestCutoff = 1_000;

    /// <summary>How many places of the list count.</summary>
    /// <value>Default 10.</value>
    public int Cutoff { get; set; } = 10;

    /// <summary>How many questions the sliding window holds.</summary>
    /// <value>Default 5,000.</value>
    public int WindowLength { get; set; } = 5_000;

    /// <summary>After how many questions the window is written down.</summary>
    /// <value>Default 5,000: each question is in one window.</value>
    public int WindowStep { get; set; } = 5_000;

    /// <summary>Whether users are asked about who have no interaction yet; they are learnt from in any case.</summary>
    /// <value>Default true.</value>
    public bool AskForNewUsers { get; set; } = true;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate() => Check(Cutoff, WindowLength, WindowStep);

    private static void Check(int cutoff, int windowLength, int windowStep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cutoff, LargestCutoff);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowStep, 1);
    }
}
