namespace StreamSense.Core.Metrics.Conversion;

/// <summary>How what was shown is joined with what came of it, and how much of it is remembered.</summary>
/// <remarks>Read once, when the stage is made; later changes have no effect.</remarks>
public sealed class ConversionOptions
{
    /// <summary>
    /// How long after an impression a play, list entry or click without a ranking request's id is owed to it, for the same viewer and
    /// title.
    /// </summary>
    /// <value>1 hour.</value>
    public TimeSpan Horizon { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How many pairs of a title and a ranking request, or of a title and a viewer, are remembered; beyond, a fair sample of them
    /// (<see cref="ConversionMetrics.SampleShare"/>).
    /// </summary>
    /// <value>32,768; each takes about 300 bytes.</value>
    public int MaxPairs { get; set; } = 32_768;

    /// <summary>How many places (surface, rows, positions) are counted apart; further ones share those of <c>other</c>.</summary>
    /// <value>4,096.</value>
    public int MaxPlaces { get; set; } = 4_096;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Horizon, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPairs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPlaces, 1);
    }
}
