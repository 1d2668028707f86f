namespace StreamSense.Ml.Models;

/// <summary>A feature as a model knows it.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Scope">Whose memory it was read from, by the name of the scope.</param>
/// <param name="Revision">The revision of its meaning.</param>
public sealed record ModelFeature(string Name, string Scope, int Revision)
{
    /// <summary>The least value in the training data; null if it was not noted.</summary>
    public float? Least { get; init; }

    /// <summary>The greatest value in the training data; null if it was not noted.</summary>
    public float? Most { get; init; }
}
