namespace StreamSense.Ml.Training.Joins;

/// <summary>The bounds of a <see cref="PointInTimeJoin"/>.</summary>
/// <remarks>Memory: <see cref="Window"/> rankings as they stand in a log (12 bytes a candidate, four a feature), and the features
/// kept.</remarks>
public sealed class PointInTimeOptions
{
    /// <summary>By what moments are found.</summary>
    /// <value>Default <see cref="PointInTimeBy.Position"/>.</value>
    public PointInTimeBy By { get; set; }

    /// <summary>How many rankings are read ahead to put them in order: a log holds them nearly in order, since many threads
    /// write.</summary>
    /// <value>Default 4,096; at least 1.</value>
    public int Window { get; set; } = 4096;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        if (!Enum.IsDefined(By))
        {
            throw new ArgumentOutOfRangeException(nameof(By), By, "There is no such way.");
        }
    }
}
