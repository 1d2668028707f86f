namespace StreamSense.Ml.Candidates;

/// <summary>How <see cref="ContentNeighbours"/> compares titles.</summary>
public sealed class ContentOptions
{
    /// <summary>How many neighbours a title has at most.</summary>
    /// <value>Default 50: some 400 bytes a title.</value>
    public int Neighbours { get; set; } = 50;

    /// <summary>How many titles a title is compared with at most, those with which it shares a rare attribute first.</summary>
    /// <value>Default 4,000; the time is at most titles × this.</value>
    public int MaxCompared { get; set; } = 4_000;

    /// <summary>Whether the series is an attribute like genre, mood and cast.</summary>
    /// <value>Default true.</value>
    public bool UseSeries { get; set; } = true;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate() => Check(Neighbours, MaxCompared);

    private static void Check(int neighbours, int maxCompared)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(neighbours, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCompared, 1);
    }
}
