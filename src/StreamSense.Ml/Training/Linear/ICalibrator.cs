namespace StreamSense.Ml.Training.Linear;

/// <summary>Makes probabilities of scores.</summary>
/// <remarks>Immutable, and safe for many threads. Never falling as the score rises: the order of what is ranked stays.</remarks>
public interface ICalibrator
{
    /// <summary>The probability of a score.</summary>
    /// <param name="score">The score; NaN is taken as the lowest.</param>
    /// <returns>0 to 1.</returns>
    double Calibrate(double score);
}
