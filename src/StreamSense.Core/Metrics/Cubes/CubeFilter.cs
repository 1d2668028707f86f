namespace StreamSense.Core.Metrics.Cubes;

/// <summary>A value that a row must have; filters of one dimension are alternatives, those of several all hold.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="Name">The name; null for the unknown value.</param>
public readonly record struct CubeFilter(CubeDimension Dimension, string? Name);
