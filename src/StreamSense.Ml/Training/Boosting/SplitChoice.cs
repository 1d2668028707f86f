namespace StreamSense.Ml.Training.Boosting;

/// <summary>The best question found for a leaf.</summary>
/// <param name="Gain">What it takes off the loss, doubled; not above 0 if there is none.</param>
/// <param name="Feature">The feature.</param>
/// <param name="LastLeftBin">Of a numerical feature: the last bin that goes left; -1 if only missing values do.</param>
/// <param name="MissingLeft">Whether missing values go left.</param>
/// <param name="Left">What the rows on the left add up to.</param>
internal readonly record struct SplitChoice(double Gain, int Feature, int LastLeftBin, bool MissingLeft, HistogramCell Left)
{
    /// <summary>No question.</summary>
    public static readonly SplitChoice None = new(0, -1, 0, false, default);

    /// <summary>Of a categorical feature: the bins that go left.</summary>
    public int[]? LeftBins { get; init; }

    /// <summary>Whether there is a question.</summary>
    public bool Exists => Feature >= 0;
}
