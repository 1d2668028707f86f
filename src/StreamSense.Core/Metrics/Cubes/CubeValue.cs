namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The value of a dimension in a row.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="Name">The name; null where the value is not known, <c>other</c> for those that had no room of their own.</param>
/// <param name="IsOther">Whether it stands for those that had no room of their own.</param>
public readonly record struct CubeValue(CubeDimension Dimension, string? Name, bool IsOther = false);
