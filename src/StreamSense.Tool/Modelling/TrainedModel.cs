using System.Collections.Immutable;
using StreamSense.Ml.Models;

namespace StreamSense.Tool.Modelling;

/// <summary>A model that was fitted, before it has a name.</summary>
/// <param name="ToFile">Makes its file, given the whole card.</param>
/// <param name="Metrics">How good it was on what was kept back.</param>
/// <param name="Data">What it was fitted to.</param>
internal sealed record TrainedModel(
    Func<ModelCard, ModelFile> ToFile, ImmutableSortedDictionary<string, double> Metrics, ModelDataRange Data)
{
    /// <summary>The features it reads; null if it reads none.</summary>
    public ModelLayout? Layout { get; init; }

    /// <summary>Tags of its file.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What is to be said of the data.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
