namespace StreamSense.Ml.Training.Joins;

/// <summary>From when on a feature counts as drifted.</summary>
/// <remarks>Memory of a <see cref="FeatureDrift"/>: at most 16 bytes for each of the 33,000 buckets a feature's values may fall into, on
/// each
/// side; in practice some hundred.</remarks>
public sealed class FeatureDriftOptions
{
    /// <summary>Into how many bins of about equal share the reference is divided for the population stability index.</summary>
    /// <value>Default 10; from 2 to 100.</value>
    public int Bins { get; set; } = 10;

    /// <summary>From which index on a feature has shifted a little.</summary>
    /// <value>Default 0.1, as is the custom of credit scoring.</value>
    public double WarnIndex { get; set; } = 0.1;

    /// <summary>From which index on a feature has drifted.</summary>
    /// <value>Default 0.25, as is the custom of credit scoring; at least <see cref="WarnIndex"/>.</value>
    public double AlarmIndex { get; set; } = 0.25;

    /// <summary>From which change of the share of missing values on a feature has drifted, whatever its values.</summary>
    /// <value>Default 0.05: five in a hundred.</value>
    public double AlarmMissing { get; set; } = 0.05;

    /// <summary>How many values each side must have before anything is said.</summary>
    /// <value>Default 1,000; at least 1.</value>
    public long LeastValues { get; set; } = 1000;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Bins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Bins, 100);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(WarnIndex);
        ArgumentOutOfRangeException.ThrowIfLessThan(AlarmIndex, WarnIndex);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(AlarmMissing);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeastValues, 1);
    }
}
