using System.Collections.Immutable;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Models;

/// <summary>The feature layout that a model was made for, as its file tells it.</summary>
/// <remarks>
/// Names, scopes and revisions are kept beside the hash, so that a refusal can say what differs and not only that something does.
/// Immutable, and safe for many threads.
/// </remarks>
/// <param name="Features">The features in the order of their columns.</param>
/// <param name="Hash">The <see cref="FeatureLayout.Hash"/> of the layout.</param>
public sealed record ModelLayout(ImmutableArray<ModelFeature> Features, ulong Hash)
{
    /// <summary>The layout of a feature reader, as a file tells it.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>The same, without ranges.</returns>
    public static ModelLayout Of(FeatureLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new ModelLayout([.. layout.Features.Select(Of)], layout.Hash);
    }

    /// <summary>Compares the layout with the one that there is to serve from.</summary>
    /// <param name="served">The layout of the feature reader.</param>
    /// <returns>What differs; null if the hashes are equal.</returns>
    public LayoutDifference? DifferenceTo(FeatureLayout served)
    {
        ArgumentNullException.ThrowIfNull(served);
        return served.Hash == Hash ? null : LayoutDifference.Between(this, Of(served));
    }

    /// <summary>Compares the layout with another model's.</summary>
    /// <param name="other">The other layout.</param>
    /// <returns>What differs; null if the hashes are equal.</returns>
    public LayoutDifference? DifferenceTo(ModelLayout other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Hash == Hash ? null : LayoutDifference.Between(this, other);
    }

    /// <summary>The layout as feature readers and rankers know it.</summary>
    /// <returns>The layout; null if it has a scope that this version does not know, or another hash than its features give.</returns>
    public FeatureLayout? ToLayout()
    {
        var features = new FeatureDefinition[Features.Length];
        for (int i = 0; i < features.Length; i++)
        {
            ModelFeature feature = Features[i];
            if (!Enum.TryParse(feature.Scope, out FeatureScope scope) || !Enum.IsDefined(scope))
            {
                return null;
            }

            features[i] = new FeatureDefinition(feature.Name, scope, feature.Revision);
        }

        if (features.Length == 0)
        {
            return null;
        }

        var layout = new FeatureLayout(features);
        return layout.Hash == Hash ? layout : null;
    }

    private static ModelFeature Of(FeatureDefinition feature) => new(feature.Name, feature.Scope.ToString(), feature.Revision);
}
