using System.Collections.Immutable;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The same score of an item for everybody: how often it was taken, or how often lately.</summary>
/// <remarks>Immutable, and safe for many threads.</remarks>
public sealed class PopularityModel : IInteractionModel
{
    /// <summary>Makes a model.</summary>
    /// <param name="name">The name of the kind: <c>popularity</c> or <c>trending</c>.</param>
    /// <param name="scores">The score of each item.</param>
    /// <exception cref="ArgumentException">The name is empty, or a score is not finite.</exception>
    public PopularityModel(string name, ImmutableArray<float> scores)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ModelParts.CheckFinite(scores.AsSpan(), nameof(scores));
        Name = name;
        Scores = scores;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Items => Scores.Length;

    /// <inheritdoc/>
    public int ScratchBytes => 0;

    /// <summary>The score of each item.</summary>
    public ImmutableArray<float> Scores { get; }

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values, Span<float> scores, Span<byte> scratch) =>
        Scores.AsSpan().CopyTo(scores);
}
