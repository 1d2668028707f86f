using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>Says formulas and differences in words.</summary>
internal static class ProfileSentences
{
    public static string Of(ProfileValue value)
    {
        ProfileFormula formula = value.Formula;
        string over = formula.Denominator.IsEmpty ? string.Empty : $" / ({TermsOf(formula.Denominator)})";
        string doubt = formula.Standing == FormulaStanding.Unconfirmed ? ", unconfirmed" : string.Empty;
        return $"{formula.Name} {NumberOf(value.Value)} = ({TermsOf(formula.Numerator)}){over}{doubt}";
    }

    public static string Of(ProfileComparison comparison, ConceptComparison concept) =>
        $"{JsonNamingPolicy.CamelCase.ConvertName(concept.Concept.ToString())}: "
        + $"{comparison.First.Name} {NumberOf(concept.First.Value)} ({concept.First.Formula.Name}), "
        + $"{comparison.Second.Name} {NumberOf(concept.Second.Value)} ({concept.Second.Formula.Name}), "
        + $"difference {NumberOf(concept.Difference)}";

    public static string Of(ProfileComparison comparison, TermDifference difference)
    {
        ProfileTermUnit unit = ProfileTerms.UnitOf(difference.Term);
        int weights = difference.SecondWeight - difference.FirstWeight;
        string amount = NumberOf(difference.Amount / weights) + UnitOf(unit);
        string side = difference.Side == TermSide.Numerator ? "numerator" : "denominator";
        string effect = difference.Effect is { } value ? $" ({SignedOf(value)})" : string.Empty;
        return $"{ProfileTerms.NameOf(difference.Term)} {amount} is {WhereOf(comparison, difference, side)}{effect}";
    }

    /// <summary>A sum of terms, as in <c>playing + rebuffering</c>; empty for none.</summary>
    public static string TermsOf(ImmutableArray<WeightedTerm> terms)
    {
        var text = new StringBuilder();
        foreach (WeightedTerm term in terms)
        {
            if (text.Length > 0 || term.Weight < 0)
            {
                text.Append(text.Length == 0 ? "-" : term.Weight < 0 ? " - " : " + ");
            }

            int times = Math.Abs(term.Weight);
            text.Append(times == 1 ? string.Empty : times.ToString(CultureInfo.InvariantCulture) + " ");
            text.Append(ProfileTerms.NameOf(term.Term));
        }

        return text.ToString();
    }

    /// <summary>A value in four figures, or <c>-</c> where there is none.</summary>
    public static string NumberOf(double? value) =>
        value is { } number ? number.ToString(Math.Abs(number) >= 1000 ? "0.#" : "0.####", CultureInfo.InvariantCulture) : "-";

    private static string SignedOf(double value) => (value < 0 ? string.Empty : "+") + NumberOf(value);

    private static string WhereOf(ProfileComparison comparison, TermDifference difference, string side)
    {
        if (difference.FirstWeight == 0)
        {
            return $"{InOf(difference.SecondWeight)} the {side} of {comparison.Second.Name}, not of {comparison.First.Name}";
        }

        return difference.SecondWeight == 0
            ? $"{InOf(difference.FirstWeight)} the {side} of {comparison.First.Name}, not of {comparison.Second.Name}"
            : $"{difference.FirstWeight} times in the {side} of {comparison.First.Name}, "
                + $"{difference.SecondWeight} times of {comparison.Second.Name}";
    }

    private static string InOf(int weight) => weight switch
    {
        1 => "in",
        -1 => "taken off",
        _ => $"{weight.ToString(CultureInfo.InvariantCulture)} times in",
    };

    private static string UnitOf(ProfileTermUnit unit) => unit switch
    {
        ProfileTermUnit.Seconds => " s",
        ProfileTermUnit.Kilobits => " kbit",
        ProfileTermUnit.Points => " points",
        _ => string.Empty,
    };
}
