using System.Runtime.InteropServices;

namespace StreamSense.Core.Metrics.Conversion;

/// <summary>What one shard knows of what was shown at one moment, or several shards together.</summary>
/// <remarks>Not changed once it is made. Merging is associative and commutative, with <see cref="Empty"/> as its identity.</remarks>
internal sealed record ConversionPartial(
    ConversionSums Whole, Dictionary<Place, ConversionSums> Places, SampledRows<PairRow> Pairs, long OverflowedPlaces)
{
    public static ConversionPartial Empty { get; } = new(default, [], SampledRows<PairRow>.Empty, 0);

    /// <summary>What both know.</summary>
    public ConversionPartial Merge(ConversionPartial other)
    {
        ConversionSums whole = Whole;
        whole.Add(other.Whole);
        var places = new Dictionary<Place, ConversionSums>(Places);
        foreach (KeyValuePair<Place, ConversionSums> place in other.Places)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(places, place.Key, out _).Add(place.Value);
        }

        return new ConversionPartial(whole, places, Pairs.Join(other.Pairs), OverflowedPlaces + other.OverflowedPlaces);
    }
}
