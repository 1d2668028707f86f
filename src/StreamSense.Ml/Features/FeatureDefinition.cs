namespace StreamSense.Ml.Features;

/// <summary>What one column of a feature vector means.</summary>
/// <param name="Name">The name, for example <c>title.plays</c>; unique in its layout.</param>
/// <param name="Scope">Whose memory it is read from.</param>
/// <param name="Revision">Grows when the same name comes to mean another number, so that old models no longer bind.</param>
public sealed record FeatureDefinition(string Name, FeatureScope Scope, int Revision = 1);
