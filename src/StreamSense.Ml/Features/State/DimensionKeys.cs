using System.Numerics;
using StreamSense.Core.Events;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Features.Segments;

namespace StreamSense.Ml.Features.State;

/// <summary>The keys of the dimensions that features are kept by.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class DimensionKeys(Vocabulary vocabulary, ISegmentReader? segments)
{
    /// <summary>How many lengths are told apart: half octaves from a minute on.</summary>
    public const int Lengths = 24;

    private readonly SymbolHashes _countries = new(vocabulary.Countries);
    private readonly SymbolHashes _deviceKinds = new(vocabulary.DeviceKinds);
    private readonly SymbolHashes _cdns = new(vocabulary.Cdns);
    private readonly SymbolHashes _apps = new(vocabulary.Apps);
    private readonly SymbolHashes _isps = new(vocabulary.Isps);
    private readonly SymbolHashes _sources = new(vocabulary.Sources);
    private readonly SymbolHashes _surfaces = new(vocabulary.Surfaces);
    private readonly SymbolHashes _terms = new(vocabulary.Terms);

    /// <summary>The hash of a name that a signal carries; 0 if it carries none.</summary>
    public ulong TextOf(in Occurrence occurrence, SignalText text)
    {
        Symbol symbol = occurrence[text];
        return text switch
        {
            SignalText.Surface => _surfaces.Of(symbol),
            SignalText.Country => _countries.Of(symbol),
            SignalText.DeviceKind => _deviceKinds.Of(symbol),
            SignalText.Cdn => _cdns.Of(symbol),
            SignalText.App => _apps.Of(symbol),
            SignalText.Source => _sources.Of(symbol),
            _ => _terms.Of(symbol),
        };
    }

    /// <summary>The key of what happened in a dimension; 0 if it is not told.</summary>
    public ulong KeyOf(in Occurrence occurrence, FeatureDimension dimension) => dimension switch
    {
        FeatureDimension.Cdn => _cdns.Of(occurrence[SignalText.Cdn]),
        FeatureDimension.Surface => _surfaces.Of(occurrence[SignalText.Surface]),
        FeatureDimension.Segment => SegmentOf(occurrence.Viewer),
        FeatureDimension.Length => LengthOf(occurrence.Info) is var length and >= 0 ? KeyOfLength(length) : 0,
        _ => ContextOf(occurrence.Context, dimension),
    };

    /// <summary>The key of a query in a dimension; 0 if it is not told.</summary>
    public ulong KeyOf(in FeatureQuery query, FeatureDimension dimension) => dimension switch
    {
        FeatureDimension.Cdn => _cdns.Of(query.Cdn),
        FeatureDimension.Surface => _surfaces.Of(query.Surface),
        FeatureDimension.Segment => query.MayPersonalise ? SegmentOf(query.Viewer) : 0,
        _ => ContextOf(query.Dimensions, dimension),
    };

    /// <summary>The key of a length.</summary>
    public static ulong KeyOfLength(int length) => (ulong)length + 1;

    /// <summary>The length of a title in half octaves of minutes; -1 if it is not known.</summary>
    public static int LengthOf(CatalogueTitle? title) =>
        title?.Duration is { } duration && duration > TimeSpan.Zero
            ? Math.Clamp((int)(2 * Math.Log2(Math.Max(1, duration.TotalMinutes))), 0, Lengths - 1)
            : -1;

    private ulong ContextOf(in EventContext context, FeatureDimension dimension) => dimension switch
    {
        FeatureDimension.Country => _countries.Of(context.Country),
        FeatureDimension.DeviceKind => _deviceKinds.Of(context.DeviceKind),
        FeatureDimension.App => _apps.Of(context.App),
        FeatureDimension.Isp => _isps.Of(context.Isp),
        FeatureDimension.Source => _sources.Of(context.Source),
        _ => 0,
    };

    private ulong SegmentOf(ViewerId viewer)
    {
        ulong bits = segments?.SegmentsOf(viewer) ?? 0;
        return bits == 0 ? 0 : NameHash.Of(segments!.Names[BitOperations.TrailingZeroCount(bits)]);
    }
}
