namespace StreamSense.Core.Metrics.Profiles;

/// <summary>Where a term stands in a formula.</summary>
public enum TermSide
{
    /// <summary>Over the line.</summary>
    Numerator,

    /// <summary>Under the line.</summary>
    Denominator,
}
