using System.Collections.Immutable;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>Why two profiles differ on the same sessions.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
/// <param name="First">A profile.</param>
/// <param name="Second">Another.</param>
/// <param name="Concepts">What both define, in the order of the concepts.</param>
/// <param name="OnlyInFirst">Metrics for which the second has nothing.</param>
/// <param name="OnlyInSecond">Metrics for which the first has nothing.</param>
public sealed record ProfileComparison(
    MetricProfile First,
    MetricProfile Second,
    IReadOnlyList<ConceptComparison> Concepts,
    IReadOnlyList<ProfileValue> OnlyInFirst,
    IReadOnlyList<ProfileValue> OnlyInSecond)
{
    internal static ProfileComparison Of(MetricProfile first, MetricProfile second, ProfileTotals totals)
    {
        var concepts = new List<ConceptComparison>();
        foreach (MetricConcept concept in Enum.GetValues<MetricConcept>())
        {
            if (first.Find(concept) is { } a && second.Find(concept) is { } b)
            {
                concepts.Add(Compare(a, b, totals));
            }
        }

        return new ProfileComparison(first, second, concepts, Without(first, second, totals), Without(second, first, totals));
    }

    private static List<ProfileValue> Without(MetricProfile profile, MetricProfile other, ProfileTotals totals)
    {
        var values = new List<ProfileValue>();
        foreach (ProfileFormula formula in profile.Formulas)
        {
            if (other.Find(formula.Concept) is null)
            {
                values.Add(new ProfileValue(formula, formula.Of(totals)));
            }
        }

        return values;
    }

    private static ConceptComparison Compare(ProfileFormula first, ProfileFormula second, ProfileTotals totals)
    {
        double? a = first.Of(totals);
        double? b = second.Of(totals);
        double numerator = ProfileFormula.SumOf(first.Numerator, totals);
        double denominator = ProfileFormula.SumOf(first.Denominator, totals);
        double? value = first.ValueOf(numerator, denominator);
        var steps = new List<TermDifference>();
        foreach (TermDifference step in StepsBetween(first, second, totals))
        {
            if (step.Side == TermSide.Numerator)
            {
                numerator += step.Amount;
            }
            else
            {
                denominator += step.Amount;
            }

            double? next = second.ValueOf(numerator, denominator);
            steps.Add(step with { Effect = next - value });
            value = next;
        }

        bool isWhole = a is not null && b is not null && steps.TrueForAll(step => step.Effect is not null);
        return new ConceptComparison(
            first.Concept,
            new ProfileValue(first, a),
            new ProfileValue(second, b),
            b - a,
            isWhole ? steps : [.. steps.Select(step => step with { Effect = null })]);
    }

    // What is added under the line comes before what is taken from it, so that no step on the way divides by less than both ends do.
    private static List<TermDifference> StepsBetween(ProfileFormula first, ProfileFormula second, ProfileTotals totals)
    {
        List<TermDifference> under = DifferencesOf(TermSide.Denominator, first.Denominator, second.Denominator, totals);
        List<TermDifference> over = DifferencesOf(TermSide.Numerator, first.Numerator, second.Numerator, totals);
        return [.. under.Where(step => step.Amount >= 0), .. under.Where(step => step.Amount < 0), .. over];
    }

    private static List<TermDifference> DifferencesOf(
        TermSide side, ImmutableArray<WeightedTerm> first, ImmutableArray<WeightedTerm> second, ProfileTotals totals)
    {
        var differences = new List<TermDifference>();
        for (int index = 0; index < ProfileTerms.Count; index++)
        {
            var term = (ProfileTerm)index;
            int a = WeightIn(first, term);
            int b = WeightIn(second, term);
            if (a != b)
            {
                differences.Add(new TermDifference(term, side, a, b, (b - a) * totals[term], Effect: null));
            }
        }

        return differences;
    }

    private static int WeightIn(ImmutableArray<WeightedTerm> terms, ProfileTerm term)
    {
        int weight = 0;
        foreach (WeightedTerm candidate in terms)
        {
            weight += candidate.Term == term ? candidate.Weight : 0;
        }

        return weight;
    }
}
