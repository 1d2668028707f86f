using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace StreamSense.Ml.Models;

/// <summary>In what the feature layout of a model differs from another one.</summary>
/// <param name="Missing">Features that the model reads and the other layout does not have.</param>
/// <param name="Extra">Features that the other layout has and the model does not know.</param>
/// <param name="Changed">Features of one name that mean another thing: another revision or another scope; each said in words.</param>
public sealed record LayoutDifference(ImmutableArray<string> Missing, ImmutableArray<string> Extra, ImmutableArray<string> Changed)
{
    private const int MostNamed = 8;

    /// <summary>Says what differs, in one sentence; of long lists the first eight names.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, "missing", Missing);
        Append(text, "not known to the model", Extra);
        Append(text, "changed", Changed);
        return text.Length > 0 ? text.ToString() : "the same features in another order";
    }

    /// <summary>Compares two layouts.</summary>
    /// <param name="model">The model's.</param>
    /// <param name="other">The one that there is.</param>
    /// <returns>What differs.</returns>
    internal static LayoutDifference Between(ModelLayout model, ModelLayout other)
    {
        var there = other.Features.ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        var known = model.Features.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string>.Builder missing = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<string>.Builder changed = ImmutableArray.CreateBuilder<string>();
        foreach (ModelFeature feature in model.Features)
        {
            if (!there.TryGetValue(feature.Name, out ModelFeature? present))
            {
                missing.Add(feature.Name);
            }
            else if (present.Revision != feature.Revision)
            {
                changed.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{feature.Name} (revision {feature.Revision}, there {present.Revision})"));
            }
            else if (!string.Equals(present.Scope, feature.Scope, StringComparison.Ordinal))
            {
                changed.Add($"{feature.Name} (of the {feature.Scope}, there of the {present.Scope})");
            }
        }

        return new LayoutDifference(
            missing.ToImmutable(),
            [.. other.Features.Select(feature => feature.Name).Where(name => !known.Contains(name))],
            changed.ToImmutable());
    }

    private static void Append(StringBuilder text, string what, ImmutableArray<string> names)
    {
        if (names.IsEmpty)
        {
            return;
        }

        text.Append(text.Length > 0 ? "; " : "").Append(what).Append(": ").AppendJoin(", ", names.Take(MostNamed));
        if (names.Length > MostNamed)
        {
            text.Append(CultureInfo.InvariantCulture, $" and {names.Length - MostNamed} more");
        }
    }
}
