namespace StreamSense.Ml.Models.Registry;

/// <summary>A model file of a registry.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Version">The model's version.</param>
/// <param name="Path">The file.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="IsPromoted">Whether it is the version that serves.</param>
/// <param name="Card">What the file says of the model; null if that cannot be read.</param>
/// <param name="Problem">Why the card cannot be read; null if it can.</param>
public sealed record RegisteredModel(
    string Name, string Version, string Path, long Bytes, bool IsPromoted, ModelCard? Card, string? Problem = null)
{
    /// <summary>Name and version, for example <c>home@3</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";
}
