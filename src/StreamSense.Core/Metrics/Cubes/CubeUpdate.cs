namespace StreamSense.Core.Metrics.Cubes;

/// <summary>One cell that a session goes to, in each window.</summary>
/// <param name="Grouping">The segment of the window; 0 is the whole.</param>
/// <param name="Key">The values.</param>
/// <param name="Hash">Their hash.</param>
internal readonly record struct CubeUpdate(int Grouping, CubeKey Key, uint Hash);
