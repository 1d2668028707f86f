namespace StreamSense.Ml.Features;

/// <summary>A set of features that cannot be: what is wrong, and where.</summary>
/// <param name="path">Where, for example <c>features[2].halfLife</c> or the name of a feature.</param>
/// <param name="problem">What is wrong.</param>
public sealed class FeatureSetException(string path, string problem) : Exception($"{path}: {problem}")
{
    /// <summary>Where, for example <c>features[2].halfLife</c> or the name of a feature.</summary>
    public string Path { get; } = path;
}
