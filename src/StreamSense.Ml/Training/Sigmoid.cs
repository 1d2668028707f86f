namespace StreamSense.Ml.Training;

/// <summary>Log-odds and probabilities, without overflow.</summary>
internal static class Sigmoid
{
    /// <summary>The probability of log-odds.</summary>
    public static double Of(double logOdds)
    {
        double small = Math.Exp(-Math.Abs(logOdds));
        return logOdds >= 0 ? 1 / (1 + small) : small / (1 + small);
    }

    /// <summary>The log loss of log-odds, given how often it came true.</summary>
    public static double Loss(double logOdds, double share) =>
        Math.Max(logOdds, 0) - (logOdds * share) + double.LogP1(Math.Exp(-Math.Abs(logOdds)));
}
