using StreamSense.Core.Events;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features;

/// <summary>What one column of a feature vector means.</summary>
/// <param name="Name">The name, for example <c>title.plays</c>; unique in its layout.</param>
/// <param name="Scope">Whose memory it is read from.</param>
/// <param name="Revision">Grows when the same name comes to mean another number, so that old models no longer bind.</param>
public sealed record FeatureDefinition(string Name, FeatureScope Scope, int Revision = 1)
{
    /// <summary>How it is kept and read.</summary>
    /// <value>Null: whoever fills the column knows.</value>
    public FeatureRule? Rule { get; init; }

    /// <summary>Which dimension; only with <see cref="FeatureScope.TitleSegment"/> and <see cref="FeatureScope.Dimension"/>.</summary>
    /// <value><see cref="FeatureDimension.None"/>.</value>
    public FeatureDimension Dimension { get; init; }

    /// <summary>After how long without a signal the feature is missing.</summary>
    /// <value>Null: never.</value>
    public TimeSpan? Ttl { get; init; }

    /// <summary>What is read where the feature is missing.</summary>
    /// <value>NaN: that it is missing.</value>
    public float Default { get; init; } = float.NaN;

    /// <summary>The purposes without which nothing is kept and the feature is missing.</summary>
    /// <value>Null: personalisation for what is a person's, nothing for the rest.</value>
    public ConsentPurposes? Purposes { get; init; }

    /// <summary>Whether it is kept for a person, a device or a view of theirs.</summary>
    internal bool IsPersonal => Scope is FeatureScope.Viewer or FeatureScope.ViewerTitle or FeatureScope.Household
        or FeatureScope.Device or FeatureScope.View;

    /// <summary>The purposes, decided.</summary>
    internal ConsentPurposes NeededPurposes => Purposes ?? (IsPersonal ? ConsentPurposes.Personalisation : ConsentPurposes.None);
}
