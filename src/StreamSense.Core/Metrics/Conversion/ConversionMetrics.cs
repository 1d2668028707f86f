using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Conversion;

/// <summary>From what was shown to what was clicked, opened, kept and played: altogether, by surface and by place.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record ConversionMetrics
{
    /// <summary>All places together.</summary>
    public PlaceMetrics Totals { get; init; } = new();

    /// <summary>All plays, owed to an impression or not.</summary>
    public double Plays { get; init; }

    /// <summary>All titles put on a list, owed to an impression or not.</summary>
    public double ListAdds { get; init; }

    /// <summary>Each surface, by name; the unknown one first.</summary>
    public IReadOnlyList<PlaceMetrics> Surfaces { get; init; } = [];

    /// <summary>Each (surface, rows, positions), in this order.</summary>
    public IReadOnlyList<PlaceMetrics> Places { get; init; } = [];

    /// <summary>How often a place found no counters of its own and was counted as <c>other</c>.</summary>
    public long OverflowedPlaces { get; init; }

    /// <summary>How many marks of pairs fell out because one pair had too many; what is owed to them is not counted.</summary>
    public long DroppedMarks { get; init; }

    /// <summary>
    /// The share of pairs that was followed: 1 is all; below, what is attributed is an estimate scaled up from a fair sample. Impressions,
    /// clicks and plays are exact in any case.
    /// </summary>
    public double SampleShare { get; init; } = 1;

    internal static ConversionMetrics Of(ConversionPartial partial, Vocabulary vocabulary, ConversionOptions options)
    {
        ConversionSums whole = partial.Whole;
        var places = new Dictionary<Place, ConversionSums>(partial.Places);
        long dropped = 0;
        foreach (ref readonly KeyedRow<PairRow> pair in partial.Pairs.Rows)
        {
            dropped += pair.Row.Dropped;
            Attribute(pair.Row, options.Horizon, partial.Pairs.Scale, places, ref whole);
        }

        var surfaces = new SortedDictionary<string, ConversionSums>(StringComparer.Ordinal);
        foreach (KeyValuePair<Place, ConversionSums> place in places)
        {
            string name = vocabulary.Surfaces.NameOf(place.Key.Surface) ?? string.Empty;
            ConversionSums sums = surfaces.GetValueOrDefault(name);
            sums.Add(place.Value);
            surfaces[name] = sums;
        }

        return new ConversionMetrics
        {
            Totals = PlaceMetrics.Of(surface: null, rows: null, positions: null, whole),
            Plays = EventWeight.Events(whole.Plays),
            ListAdds = EventWeight.Events(whole.ListAdds),
            Surfaces = [.. surfaces.Select(pair => PlaceMetrics.Of(NullIfEmpty(pair.Key), rows: null, positions: null, pair.Value))],
            Places =
            [
                .. places.OrderBy(pair => vocabulary.Surfaces.NameOf(pair.Key.Surface), StringComparer.Ordinal)
                    .ThenBy(pair => pair.Key.Rows).ThenBy(pair => pair.Key.Positions)
                    .Select(pair => PlaceMetrics.Of(
                        vocabulary.Surfaces.NameOf(pair.Key.Surface),
                        Place.NameOf(pair.Key.Rows),
                        Place.NameOf(pair.Key.Positions),
                        pair.Value)),
            ],
            OverflowedPlaces = partial.OverflowedPlaces,
            DroppedMarks = dropped,
            SampleShare = 1.0 / partial.Pairs.Scale,
        };
    }

    private static string? NullIfEmpty(string name) => name.Length == 0 ? null : name;

    private static void Attribute(
        in PairRow pair, TimeSpan horizon, long scale, Dictionary<Place, ConversionSums> places, ref ConversionSums whole)
    {
        ReadOnlySpan<PairMark> marks = pair.Marks;
        for (int i = 0; i < marks.Length; i++)
        {
            PairMarkKind kind = marks[i].Kind;
            if (kind == PairMarkKind.Impression)
            {
                continue;
            }

            int shown = pair.ImpressionOf(i, horizon);
            Int128 weight = (Int128)scale * (shown >= 0 ? marks[shown].Weight : marks[i].Weight);
            Place place = shown >= 0 ? marks[shown].Place : default;
            bool isCountedThere = kind is PairMarkKind.Click or PairMarkKind.DetailView;
            if (shown < 0 && !isCountedThere)
            {
                continue;
            }

            // A place beyond the bound has no counters: what came of it belongs to the others, as its impressions do.
            place = places.ContainsKey(place) || place == default ? place : Place.Other;
            ref ConversionSums sums = ref CollectionsMarshal.GetValueRefOrAddDefault(places, place, out _);
            sums.Clicks += kind == PairMarkKind.Click ? (Int128)scale * marks[i].Weight : 0;
            sums.DetailViews += kind == PairMarkKind.DetailView ? (Int128)scale * marks[i].Weight : 0;
            sums.AttributedPlays += kind == PairMarkKind.Play ? weight : 0;
            sums.AttributedListAdds += kind == PairMarkKind.ListAdd ? weight : 0;
            whole.AttributedPlays += kind == PairMarkKind.Play ? weight : 0;
            whole.AttributedListAdds += kind == PairMarkKind.ListAdd ? weight : 0;
        }
    }
}
