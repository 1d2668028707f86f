using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The names of the values of a cell.</summary>
internal static class CubeNames
{
    private const string Other = "other";

    /// <summary>A value with its name.</summary>
    public static CubeValue ValueOf(Vocabulary vocabulary, CubeDimension dimension, ulong value)
    {
        if (value == CubeKey.OtherValue)
        {
            return new CubeValue(dimension, Other, IsOther: true);
        }

        return new CubeValue(dimension, value == 0 ? null : NameOf(vocabulary, dimension, value));
    }

    /// <summary>The name of a type in the event schema.</summary>
    public static string? NameOf(TitleType type) => type switch
    {
        TitleType.Movie => "movie",
        TitleType.Episode => "episode",
        TitleType.Documentary => "documentary",
        TitleType.Clip => "clip",
        TitleType.Live => "live",
        TitleType.Audio => "audio",
        _ => null,
    };

    private static string? NameOf(Vocabulary vocabulary, CubeDimension dimension, ulong value) => dimension switch
    {
        CubeDimension.Title or CubeDimension.Series =>
            vocabulary.Titles.NameOf(new TitleId(value)) ?? new TitleId(value).ToString(),
        CubeDimension.Type => NameOf((TitleType)value),
        CubeDimension.Genre or CubeDimension.Plan or CubeDimension.Segment => NameOf(vocabulary.Terms, value),
        CubeDimension.Country => NameOf(vocabulary.Countries, value),
        CubeDimension.Asn => NameOf(vocabulary.Asns, value),
        CubeDimension.Cdn => NameOf(vocabulary.Cdns, value),
        CubeDimension.DeviceKind => NameOf(vocabulary.DeviceKinds, value),
        _ => NameOf(vocabulary.Apps, value),
    };

    private static string? NameOf(SymbolTable table, ulong value) => table.NameOf(new Symbol((ushort)value));
}
