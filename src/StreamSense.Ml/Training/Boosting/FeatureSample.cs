namespace StreamSense.Ml.Training.Boosting;

/// <summary>The features that a tree may ask for.</summary>
/// <param name="Features">Them, ascending.</param>
/// <param name="Blocks">The blocks that they are in, ascending.</param>
internal sealed record FeatureSample(ReadOnlyMemory<int> Features, ReadOnlyMemory<int> Blocks);
