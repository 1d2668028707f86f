using System.Collections.Immutable;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>How a profile works out a metric: sums over sums of the same sessions.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Name">The name of the metric in the profile, as a JSON name.</param>
/// <param name="Concept">What it is about.</param>
/// <param name="Numerator">What is counted.</param>
/// <param name="Denominator">What it is counted over; empty for a plain count.</param>
/// <param name="Source">Where the definition stands.</param>
/// <param name="Standing">How well it is known.</param>
public sealed record ProfileFormula(
    string Name,
    MetricConcept Concept,
    ImmutableArray<WeightedTerm> Numerator,
    ImmutableArray<WeightedTerm> Denominator,
    string Source,
    FormulaStanding Standing = FormulaStanding.Published)
{
    private const double MillisecondsPerSecond = 1000;
    private const double SecondsPerHour = 3600;

    /// <summary>The value over some totals.</summary>
    /// <param name="totals">The totals.</param>
    /// <returns>The value in the unit of the concept; null where the denominator is 0.</returns>
    public double? Of(ProfileTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        double numerator = SumOf(Numerator, totals);
        return Denominator.IsEmpty ? numerator : ValueOf(numerator, SumOf(Denominator, totals));
    }

    internal double? ValueOf(double numerator, double denominator) =>
        Denominator.IsEmpty ? numerator : denominator == 0 ? null : numerator / denominator * ScaleOf(Concept);

    internal static double SumOf(ImmutableArray<WeightedTerm> terms, ProfileTotals totals)
    {
        double sum = 0;
        foreach (WeightedTerm term in terms)
        {
            sum += term.Weight * totals[term.Term];
        }

        return sum;
    }

    private static double ScaleOf(MetricConcept concept) => concept switch
    {
        MetricConcept.AverageStartupMs or MetricConcept.AverageContentStartupMs or MetricConcept.AverageSeekMs => MillisecondsPerSecond,
        MetricConcept.StallsPerHour => SecondsPerHour,
        _ => 1,
    };
}
