using System.Collections.Immutable;

namespace StreamSense.Ml.Ranking;

/// <summary>The weights of a <see cref="LinearRanker"/>, by the names of features.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Version">The model's version.</param>
/// <param name="Weights">The weights; features not named weigh 0.</param>
/// <param name="Bias">What every candidate starts from.</param>
/// <param name="LayoutHash">The hash of the layout the weights were made for; null if they were written by hand and go by name
/// alone.</param>
public sealed record LinearModel(
    string Name,
    string Version,
    ImmutableArray<FeatureWeight> Weights,
    float Bias = 0,
    ulong? LayoutHash = null);
