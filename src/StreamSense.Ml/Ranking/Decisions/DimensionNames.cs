using StreamSense.Core.Events;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>The dimensions of a ranking that a decision log spells, and the tables that hold their names.</summary>
internal static class DimensionNames
{
    /// <summary>How many tables there are.</summary>
    public const int Tables = 8;

    /// <summary>The table of a number, which never changes its meaning.</summary>
    public static SymbolTable TableOf(Vocabulary vocabulary, int table) => table switch
    {
        0 => vocabulary.Countries,
        1 => vocabulary.Asns,
        2 => vocabulary.Isps,
        3 => vocabulary.DeviceKinds,
        4 => vocabulary.Apps,
        5 => vocabulary.Variants,
        6 => vocabulary.Surfaces,
        _ => vocabulary.Cdns,
    };

    /// <summary>The symbols of a ranking, by table.</summary>
    public static void Read(in RankingCodec.Head head, Span<Symbol> symbols)
    {
        symbols[0] = head.Dimensions.Country;
        symbols[1] = head.Dimensions.Asn;
        symbols[2] = head.Dimensions.Isp;
        symbols[3] = head.Dimensions.DeviceKind;
        symbols[4] = head.Dimensions.App;
        symbols[5] = head.Dimensions.Variants;
        symbols[6] = head.SurfaceName;
        symbols[7] = head.Cdn;
    }

    /// <summary>Puts other symbols in their place.</summary>
    public static void Write(ref RankingCodec.Head head, ReadOnlySpan<Symbol> symbols)
    {
        head.Dimensions = new EventContext
        {
            Country = symbols[0],
            Asn = symbols[1],
            Isp = symbols[2],
            DeviceKind = symbols[3],
            App = symbols[4],
            Variants = symbols[5],
            Consent = head.Dimensions.Consent,
            Version = head.Dimensions.Version,
        };
        head.SurfaceName = symbols[6];
        head.Cdn = symbols[7];
    }
}
