using System.Text.Json;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>Writes reports and comparisons of profiles, as JSON and as text.</summary>
/// <remarks>Names are added in later versions, never renamed. Stateless; safe on any thread.</remarks>
public static class ProfileWriter
{
    /// <summary>Writes a report: <c>{profile, document, metrics, formulas}</c>.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="report">The report.</param>
    public static void Write(Utf8JsonWriter writer, ProfileReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        writer.WriteStartObject();
        writer.WriteString("profile"u8, report.Profile.Name);
        writer.WriteString("document"u8, report.Profile.Document);
        writer.WriteStartObject("metrics"u8);
        foreach (ProfileValue value in report.Values)
        {
            writer.WriteNumberOrNull(value.Formula.Name, value.Value);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("formulas"u8);
        foreach (ProfileValue value in report.Values)
        {
            WriteFormula(writer, value.Formula);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes a comparison: <c>{first, second, concepts, onlyInFirst, onlyInSecond}</c>.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="comparison">The comparison.</param>
    public static void Write(Utf8JsonWriter writer, ProfileComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(comparison);
        writer.WriteStartObject();
        writer.WriteString("first"u8, comparison.First.Name);
        writer.WriteString("second"u8, comparison.Second.Name);
        writer.WriteStartArray("concepts"u8);
        foreach (ConceptComparison concept in comparison.Concepts)
        {
            WriteConcept(writer, concept);
        }

        writer.WriteEndArray();
        WriteValues(writer, "onlyInFirst", comparison.OnlyInFirst);
        WriteValues(writer, "onlyInSecond", comparison.OnlyInSecond);
        writer.WriteEndObject();
    }

    /// <summary>Writes a report for people: a line a metric, with its formula.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">The report.</param>
    public static void WriteText(TextWriter writer, ProfileReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        writer.WriteLine($"{report.Profile.Name}: {report.Profile.Document}");
        foreach (ProfileValue value in report.Values)
        {
            writer.WriteLine("  " + ProfileSentences.Of(value));
        }
    }

    /// <summary>Writes a comparison for people: a line a concept, and under it a line for each term that makes a difference.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="comparison">The comparison.</param>
    public static void WriteText(TextWriter writer, ProfileComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(comparison);
        foreach (ConceptComparison concept in comparison.Concepts)
        {
            writer.WriteLine(ProfileSentences.Of(comparison, concept));
            foreach (TermDifference term in concept.Terms)
            {
                if (term.Amount != 0)
                {
                    writer.WriteLine("  " + ProfileSentences.Of(comparison, term));
                }
            }
        }

        WriteOnly(writer, comparison.First, comparison.OnlyInFirst);
        WriteOnly(writer, comparison.Second, comparison.OnlyInSecond);
    }

    private static void WriteOnly(TextWriter writer, MetricProfile profile, IReadOnlyList<ProfileValue> values)
    {
        foreach (ProfileValue value in values)
        {
            writer.WriteLine($"only in {profile.Name}: {value.Formula.Name} {ProfileSentences.NumberOf(value.Value)}");
        }
    }

    private static void WriteConcept(Utf8JsonWriter writer, ConceptComparison concept)
    {
        writer.WriteStartObject();
        writer.WriteString("concept"u8, NameOf(concept.Concept));
        WriteNamed(writer, "first", concept.First);
        WriteNamed(writer, "second", concept.Second);
        writer.WriteNumberOrNull("difference"u8, concept.Difference);
        writer.WriteStartArray("terms"u8);
        foreach (TermDifference term in concept.Terms)
        {
            writer.WriteStartObject();
            writer.WriteString("term"u8, ProfileTerms.NameOf(term.Term));
            writer.WriteString("unit"u8, NameOf(ProfileTerms.UnitOf(term.Term)));
            writer.WriteString("side"u8, NameOf(term.Side));
            writer.WriteNumber("firstWeight"u8, term.FirstWeight);
            writer.WriteNumber("secondWeight"u8, term.SecondWeight);
            writer.WriteNumber("amount"u8, term.Amount);
            writer.WriteNumberOrNull("effect"u8, term.Effect);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFormula(Utf8JsonWriter writer, ProfileFormula formula)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, formula.Name);
        writer.WriteString("concept"u8, NameOf(formula.Concept));
        writer.WriteString("numerator"u8, ProfileSentences.TermsOf(formula.Numerator));
        writer.WriteString("denominator"u8, ProfileSentences.TermsOf(formula.Denominator));
        writer.WriteString("source"u8, formula.Source);
        writer.WriteString("standing"u8, NameOf(formula.Standing));
        writer.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter writer, string name, IReadOnlyList<ProfileValue> values)
    {
        writer.WriteStartObject(name);
        foreach (ProfileValue value in values)
        {
            writer.WriteNumberOrNull(value.Formula.Name, value.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteNamed(Utf8JsonWriter writer, string member, ProfileValue value)
    {
        writer.WriteStartObject(member);
        writer.WriteString("name"u8, value.Formula.Name);
        writer.WriteNumberOrNull("value"u8, value.Value);
        writer.WriteEndObject();
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
