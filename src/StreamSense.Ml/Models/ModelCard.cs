using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Models;

/// <summary>What a model file says of its model: which it is, what it was made from, and how good it was.</summary>
/// <remarks>Immutable, and safe for many threads. It can be read without the model itself.</remarks>
public sealed record ModelCard
{
    /// <summary>The kind, which says how the rest of the file is read: one of <see cref="ModelKinds"/>, or a host's own.</summary>
    /// <value>Empty until the card is put into a file, whose codec sets it.</value>
    public string Kind { get; init; } = "";

    /// <summary>The revision of the kind's way of writing.</summary>
    /// <value>0 until the card is put into a file, whose codec sets it.</value>
    public int KindRevision { get; init; }

    /// <summary>The model's name, for example <c>home</c>: 1 to 100 letters from a to z, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The model's version, for example <c>3</c>: made as the name is.</summary>
    public required string Version { get; init; }

    /// <summary>When it was trained.</summary>
    /// <value>Null for one made by hand.</value>
    public EventTime? TrainedAt { get; init; }

    /// <summary>The seed of the training.</summary>
    /// <value>Null where chance had no part.</value>
    public long? Seed { get; init; }

    /// <summary>The feature layout it was made for.</summary>
    /// <value>Null for a model that reads no features, or goes by their names alone.</value>
    public ModelLayout? Layout { get; init; }

    /// <summary>How good it was, by the name of the metric: finite numbers.</summary>
    /// <value>Empty.</value>
    public ImmutableSortedDictionary<string, double> Metrics { get; init; } = Sorted<double>();

    /// <summary>What data it was fitted to.</summary>
    /// <value>Null if that was not noted.</value>
    public ModelDataRange? Data { get; init; }

    /// <summary>The options of the training, as text.</summary>
    /// <value>Empty.</value>
    public string Options { get; init; } = "";

    /// <summary>Free tags.</summary>
    /// <value>Empty.</value>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = Sorted<string>();

    /// <summary>Name and version, for example <c>home@3</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";

    /// <summary>An empty dictionary in the order in which cards are written.</summary>
    internal static ImmutableSortedDictionary<string, T> Sorted<T>() =>
        ImmutableSortedDictionary<string, T>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Checks what the types do not say.</summary>
    /// <exception cref="ArgumentException">A name cannot be one, or a metric is not finite.</exception>
    internal void Validate()
    {
        ModelName.Require(Name, "name");
        ModelName.Require(Version, "version");
        foreach ((string name, double value) in Metrics)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"The metric {name} of {this} is not finite.");
            }
        }
    }
}
