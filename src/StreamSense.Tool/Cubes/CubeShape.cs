using StreamSense.Core.Metrics.Cubes;

namespace StreamSense.Tool.Cubes;

/// <summary>What a cube of files keeps.</summary>
internal sealed record CubeShape
{
    /// <summary>By what rows can be asked for; none for the whole alone.</summary>
    public required IReadOnlyList<CubeDimension> Dimensions { get; init; }

    /// <summary>The windows that it has.</summary>
    public required CubeLevel Level { get; init; }

    /// <summary>How many values, or combinations, a window keeps apart.</summary>
    public required int MaxValues { get; init; }

    /// <summary>The dimensions that a question groups and filters by.</summary>
    /// <param name="by">By what it groups.</param>
    /// <param name="where">What it takes.</param>
    /// <exception cref="Inputs.InputException">They are more than a cube can combine, or would count views more than once.</exception>
    public static IReadOnlyList<CubeDimension> DimensionsOf(IReadOnlyList<CubeDimension> by, IReadOnlyList<CubeFilter> where)
    {
        CubeDimension[] all = [.. by.Concat(where.Select(filter => filter.Dimension)).Distinct()];
        if (all.Length > CubeGrouping.MaxDimensions)
        {
            string names = string.Join(", ", all.Select(CubeWriter.NameOf));
            throw new Inputs.InputException(
                $"--by and --where name {all.Length} dimensions ({names}); a cube combines {CubeGrouping.MaxDimensions} at most");
        }

        if (!by.Contains(CubeDimension.Genre) && where.Count(filter => filter.Dimension is CubeDimension.Genre) > 1)
        {
            throw new Inputs.InputException(
                "a view counts once in each of its genres: take one genre with --where, or have them apart with --by genre");
        }

        return all;
    }
}
