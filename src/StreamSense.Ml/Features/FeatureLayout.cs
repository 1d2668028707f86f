using System.Collections.Immutable;
using System.Text;

namespace StreamSense.Ml.Features;

/// <summary>Which features stand in which column.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class FeatureLayout
{
    /// <summary>Creates a layout.</summary>
    /// <param name="features">The features in the order of their columns.</param>
    /// <exception cref="ArgumentException">Two features have one name, or there is none.</exception>
    public FeatureLayout(params ReadOnlySpan<FeatureDefinition> features)
    {
        Features = [.. features];
        if (features.IsEmpty || Features.Select(feature => feature.Name).Distinct(StringComparer.Ordinal).Count() != features.Length)
        {
            throw new ArgumentException("A layout has at least one feature, and each name once.", nameof(features));
        }

        Hash = HashOf(Features);
    }

    /// <summary>The features in the order of their columns.</summary>
    public ImmutableArray<FeatureDefinition> Features { get; }

    /// <summary>How many columns there are.</summary>
    public int Count => Features.Length;

    /// <summary>A hash of names, scopes, revisions and order: the same in every process and release.</summary>
    /// <remarks>A model file carries it; a ranker and a vector of different hashes do not meet.</remarks>
    public ulong Hash { get; }

    /// <summary>The column of a feature, or -1 if the layout does not have it.</summary>
    /// <param name="name">The feature's name.</param>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Features.Length; i++)
        {
            if (string.Equals(Features[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    // FNV-1a, 64 bits (Fowler, Noll, Vo): short, stable, and no secret is needed to tell layouts apart.
    private static ulong HashOf(ImmutableArray<FeatureDefinition> features)
    {
        ulong hash = 0xcbf29ce484222325UL;
        foreach (FeatureDefinition feature in features)
        {
            string text = string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{feature.Name}\n{feature.Scope}\n{feature.Revision}\n");
            foreach (byte octet in Encoding.UTF8.GetBytes(text))
            {
                hash = (hash ^ octet) * 0x100000001b3UL;
            }
        }

        return hash;
    }
}
