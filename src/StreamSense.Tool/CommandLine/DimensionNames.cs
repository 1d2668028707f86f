using StreamSense.Core.Metrics.Cubes;

namespace StreamSense.Tool.CommandLine;

/// <summary>The dimensions that files can be grouped by, under the names that they have in JSON.</summary>
internal static class DimensionNames
{
    // Segments are a host's word: no file says them.
    private static readonly CubeDimension[] _known =
        [.. Enum.GetValues<CubeDimension>().Where(dimension => dimension is not CubeDimension.Segment)];

    /// <summary>The names.</summary>
    public static string[] All { get; } = [.. _known.Select(CubeWriter.NameOf)];

    /// <summary>The dimension of a name; null if there is none.</summary>
    public static CubeDimension? Named(string? name)
    {
        int place = Array.IndexOf(All, name);
        return place >= 0 ? _known[place] : null;
    }
}
