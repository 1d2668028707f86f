namespace StreamSense.Ml.Features.Segments;

/// <summary>How viewers are clustered.</summary>
/// <remarks>Memory while fitting: 8 bytes a value and 20 a row. Time: restarts × iterations × rows × clusters × columns products.</remarks>
public sealed class KMeansOptions
{
    /// <summary>How many clusters there are.</summary>
    /// <value>Default 8; from 1 to 64.</value>
    public int Clusters { get; set; } = 8;

    /// <summary>How many times it is begun anew; the best result counts.</summary>
    /// <value>Default 10; at least 1.</value>
    public int Restarts { get; set; } = 10;

    /// <summary>How many iterations a start has at most.</summary>
    /// <value>Default 100; at least 1.</value>
    public int MaxIterations { get; set; } = 100;

    /// <summary>From which share of improvement in an iteration on it goes on.</summary>
    /// <value>Default 1e-6; not negative.</value>
    public double Tolerance { get; set; } = 1e-6;

    /// <summary>Whether each column is brought to mean 0 and deviation 1, so that units do not matter.</summary>
    /// <value>Default true.</value>
    public bool Standardise { get; set; } = true;

    /// <summary>What the first centres are drawn by.</summary>
    /// <value>Default 1.</value>
    public ulong Seed { get; set; } = 1;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clusters, ISegmentReader.MaxSegments);
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        if (!(Tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "A tolerance is not negative.");
        }
    }
}
